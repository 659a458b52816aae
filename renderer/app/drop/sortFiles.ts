/** What came in from outside, by where it belongs. */
import { exchangeExtension, type FileRead, type OpenedFile } from '../../../shared/host';

export const sheetExtensions = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm'] as const;

export type Destination = 'exchange' | 'sheet' | 'nowhere';

/** How an exchange file begins, whatever it is called after a trip through somebody's mail. */
const SEALED = 'age-encryption.org/v1';
export const HEAD_BYTES = SEALED.length;

/** `head`: at least the first HEAD_BYTES, where they could be read. */
export function destinationOf(name: string, head: Uint8Array | undefined): Destination {
  const ending = name.toLowerCase().split('.').at(-1) ?? '';
  if (ending === exchangeExtension) return 'exchange';
  if (head && new TextDecoder('latin1').decode(head.subarray(0, HEAD_BYTES)) === SEALED) {
    return 'exchange';
  }
  return sheetExtensions.some((one) => one === ending) ? 'sheet' : 'nowhere';
}

export interface Sorted {
  /** With those that could not be read: the import says why. */
  readonly exchange: readonly FileRead[];
  readonly sheets: readonly OpenedFile[];
  /** Names of what has no place here. */
  readonly others: readonly string[];
  /** Spreadsheets that could not be read. */
  readonly unread: readonly FileRead[];
}

export function sortFiles(files: readonly FileRead[]): Sorted {
  const exchange: FileRead[] = [];
  const sheets: OpenedFile[] = [];
  const unread: FileRead[] = [];
  const others: string[] = [];
  for (const file of files) {
    const { name, read } = file;
    const to = destinationOf(name, read.ok ? read.value : undefined);
    if (to === 'exchange') exchange.push(file);
    else if (to === 'nowhere') others.push(name);
    else if (read.ok) sheets.push({ name, bytes: read.value });
    else unread.push(file);
  }
  return { exchange, sheets, others, unread };
}

export type Hint = 'exchange' | 'sheet' | 'several' | 'nowhere';

const SHEET_TYPES = /^text\/(?:csv|tab-separated-values|plain)$|spreadsheet|ms-excel/;

/**
 * What dropping would do, as far as a browser tells before: how many there are and their types. An
 * exchange file and a folder have none.
 */
export function hintOf(types: readonly string[]): Hint {
  if (types.length > 0 && types.every((type) => SHEET_TYPES.test(type))) return 'sheet';
  if (!types.some((type) => type === '' || SHEET_TYPES.test(type) || GENERIC.has(type))) {
    return 'nowhere';
  }
  return types.length > 1 ? 'several' : 'exchange';
}

const GENERIC: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'application/x-holdfast',
  'application/age-encryption',
]);
