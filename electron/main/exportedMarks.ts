/**
 * The largest exported sequence of each replica, in a file beside the database. A database restored
 * from a backup falls behind it, and that is how the program notices.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Host } from '../../shared/host';
import { ok, type Result } from '../../shared/result';
import { writeAtomically } from './writeAtomically';

const marksSchema = z.record(z.string(), z.number().int().nonnegative());
type Marks = z.infer<typeof marksSchema>;

export type ExportedMarks = Pick<Host, 'keepExported' | 'exported'>;

export function exportedMarks(
  path: string,
  write: typeof writeAtomically = writeAtomically,
): ExportedMarks {
  // One after the other: two writers at once would each lose what the other kept.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
  return {
    exported: (replica) => inTurn(async () => (await read(path)).get(replica) ?? 0),
    keepExported: (replica, sequence) =>
      inTurn(async (): Promise<Result<null>> => {
        const marks = await read(path);
        if (sequence <= (marks.get(replica) ?? 0)) return ok(null);
        marks.set(replica, sequence);
        const text = JSON.stringify(Object.fromEntries(marks));
        return write(path, new TextEncoder().encode(text));
      }),
  };
}

/** A missing or damaged file says nothing about what was exported. */
async function read(path: string): Promise<Map<string, number>> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const parsed = marksSchema.safeParse(parse(text));
  const marks: Marks = parsed.success ? parsed.data : {};
  return new Map(Object.entries(marks));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
