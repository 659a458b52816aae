/**
 * A text that begins like a formula would run in the spreadsheet program that opens an exported
 * file. An apostrophe in front makes it a text; reading takes exactly that apostrophe away again.
 */
const FORMULA = /^'*[=+\-@\t\r]/u;
const GUARDED = /^'+[=+\-@\t\r]/u;

const RAW = /^[=+\-@\t\r]/u;
const NUMBER = /^[+-]?[\d., ]+%?$/u;

/**
 * The same for a cell as a foreign file had it: it reads back as what it was, and one that was
 * guarded already or is a plain number stays as it is.
 */
export const guardCell = (cell: string): string =>
  RAW.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;

export const guardFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

export const unguardFormula = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);
