/** Any spreadsheet file to a sheet: delimited text or a workbook, told apart by its first bytes. */
import { ok, refuse, type Result } from '../../shared/result';
import { guessDelimiter, parseDelimited, type Delimiter } from '../../shared/tabular/csv';
import { decodeText, type Encoding } from '../../shared/tabular/decode';
import { sheetFrom, type Sheet } from '../../shared/tabular/sheet';
import { MAX_FILE_BYTES } from '../../shared/tabular/zipEntries';
import { workbookOf } from './tabularWorkbook';

export interface ReadRequest {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Chosen by the person; absent: found by looking. */
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  /** Name of the sheet of a workbook; absent: the first that holds anything. */
  readonly sheet?: string;
}

export type ReadSheet =
  | {
      readonly format: 'text';
      readonly sheet: Sheet;
      readonly encoding: Encoding;
      readonly delimiter: Delimiter;
    }
  | {
      readonly format: 'workbook';
      readonly sheet: Sheet;
      readonly names: readonly string[];
      readonly name: string;
    };

/**
 * Refusals: `import.fileTooLarge`, `import.empty`, `import.oldWorkbook`, `import.encoding`, and those
 * of the parsers.
 */
export async function readSheet(request: ReadRequest): Promise<Result<ReadSheet>> {
  const { name, bytes } = request;
  if (bytes.length > MAX_FILE_BYTES) {
    return refuse('import.fileTooLarge', { max: MAX_FILE_BYTES / 1024 / 1024 });
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuse('import.oldWorkbook');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readFromWorkbook(request);
  const decoded = decodeText(bytes, request.encoding, TextDecoder);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  const delimiter = request.delimiter ?? guessDelimiter(text);
  const grid = parseDelimited(text, delimiter);
  if (!grid.ok) return grid;
  const sheet = sheetFrom(name, grid.value);
  if (!sheet.rows.length) return refuse('import.empty');
  return ok({ format: 'text', sheet, encoding, delimiter });
}

async function readFromWorkbook(request: ReadRequest): Promise<Result<ReadSheet>> {
  const workbook = await workbookOf(request.bytes);
  if (!workbook.ok) return workbook;
  const { names, grids } = workbook.value;
  const sheets = grids.map((grid, i) => {
    const name = names.length > 1 ? `${request.name} ${names[i] ?? ''}` : request.name;
    return sheetFrom(name, grid);
  });
  const wanted = request.sheet === undefined ? -1 : names.indexOf(request.sheet);
  const at = wanted >= 0 ? wanted : sheets.findIndex((sheet) => sheet.rows.length > 0);
  const sheet = sheets[at];
  if (!sheet || (wanted < 0 && !sheet.rows.length)) return refuse('import.empty');
  return ok({ format: 'workbook', sheet, names, name: names[at] ?? '' });
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, i) => bytes[i] === byte);
