/**
 * What spreadsheet programs write where a formula failed, in workbooks and in text saved from them:
 * no value at all, and nothing a register should hold.
 */
const ERRORS =
  /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA)$/u;

export const isErrorCell = (text: string): boolean => ERRORS.test(text.trim());
