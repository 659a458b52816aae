/**
 * A text that begins like a formula would run in the spreadsheet program that opens an exported
 * file. An apostrophe in front makes it a text; reading takes exactly that apostrophe away again.
 */
const FORMULA = /^'*[=+\-@\t\r]/u;
const GUARDED = /^'+[=+\-@\t\r]/u;

export const guardFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

export const unguardFormula = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);
