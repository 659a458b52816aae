/**
 * XLSX to cells. The library that reads the XML is never given the foreign archive: the archive is
 * checked and inflated here, within limits and against its checksums, and handed over stored.
 */
import { zipSync } from 'fflate';
import readWorkbook from 'read-excel-file/universal';
import { ok, refuse, type Result } from '../../shared/result';
import { MAX_COLUMNS, MAX_ROWS, type Grid } from '../../shared/tabular/sheet';
import { cellText, numberText } from '../../shared/tabular/workbookCells';
import { crc32, sheetExtent, zipEntries, type ZipEntry } from '../../shared/tabular/zipEntries';

export interface Workbook {
  readonly names: readonly string[];
  readonly grids: readonly Grid[];
}

const MAX_CELLS = 20_000_000;

/** Refusals: those of `zipEntries`, `import.tooManyRows`, `import.tooManyColumns`. */
export async function workbookOf(bytes: Uint8Array): Promise<Result<Workbook>> {
  const entries = zipEntries(bytes);
  if (!entries.ok) return entries;
  const files: Record<string, Uint8Array> = {};
  for (const entry of entries.value) {
    const content = await inflate(bytes, entry);
    if (!content) return refuse('import.brokenWorkbook');
    const text = new TextDecoder().decode(content);
    // A workbook may name any of its parts as a sheet: what is inside tells, not the folder.
    const xml = text.includes('sheetData') ? text : undefined;
    const large = xml === undefined ? undefined : tooLarge(xml);
    if (large) return large;
    files[entry.name] = xml === undefined ? content : (withErrorTexts(xml) ?? content);
  }
  const stored = zipSync(files, { level: 0 });
  try {
    const sheets = await readWorkbook(stored.buffer, { trim: false, parseNumber: numberText });
    return ok({
      names: sheets.map(({ sheet }) => sheet),
      grids: sheets.map(({ data }) => ({
        rows: data.map((row) => row.map(cellText)),
        open: [],
      })),
    });
  } catch {
    // The library throws for every workbook that it cannot make sense of.
    return refuse('import.brokenWorkbook');
  }
}

function tooLarge(xml: string): Result<never> | undefined {
  const { rows, columns } = sheetExtent(xml);
  if (rows > MAX_ROWS || rows * columns > MAX_CELLS) {
    return refuse('import.tooManyRows', { max: MAX_ROWS });
  }
  return columns > MAX_COLUMNS ? refuse('import.tooManyColumns', { max: MAX_COLUMNS }) : undefined;
}

const ERROR_CELL = /(<c\s[^<>]*?\bt=)(["'])e\2/gu;

/** The library takes failed formulas for empty cells: as texts (`#N/A`) they can be told of. */
function withErrorTexts(xml: string): Uint8Array | undefined {
  const told = xml.replaceAll(ERROR_CELL, '$1$2str$2');
  return told === xml ? undefined : new TextEncoder().encode(told);
}

/** The entry's content, or undefined when it is not what the directory promised. */
async function inflate(bytes: Uint8Array, entry: ZipEntry): Promise<Uint8Array | undefined> {
  const raw = bytes.slice(entry.start, entry.start + entry.size);
  const content = entry.method === 0 ? raw : await inflated(raw, entry.inflated);
  return content?.length === entry.inflated && crc32(content) === entry.crc32 ? content : undefined;
}

async function inflated(raw: Uint8Array<ArrayBuffer>, size: number) {
  const out = new Uint8Array(size);
  let at = 0;
  try {
    const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    for await (const chunk of stream) {
      // More than promised is a bomb: stop instead of filling the memory.
      if (at + chunk.length > size) return undefined;
      out.set(chunk, at);
      at += chunk.length;
    }
  } catch {
    // Damaged data ends the stream with an error.
    return undefined;
  }
  return at === size ? out : undefined;
}
