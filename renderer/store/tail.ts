/** The write-ahead log: batches of changes written durably, later sealed into segments. */
import { sendableLine } from '../../shared/exchange/envelope';
import { decodeSegment, encodeSegment } from '../../shared/exchange/segment';
import type { Codec } from '../../shared/exchange/codec';
import type { Change } from '../../shared/log/change';
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import { segmentMessage } from '../../shared/trust/messages';
import { tipsOf } from './bases';
import type { SegmentKey, SegmentRow, TailRow, VaultDb } from './db';
import type { LogReader } from './logReader';
import { pause } from './pause';

/** The device's signature; undefined before it has keys. */
export type Sign = (message: string) => Promise<string | undefined>;

/** Changes per tail row and per segment. */
const BATCH = 1000;

/**
 * Rows for one commit; built before the transaction opens, in slices. Undefined when a change is
 * such that no reader of a segment would accept it.
 */
export async function tailRows(
  changes: readonly Change[],
): Promise<readonly TailRow[] | undefined> {
  const rows: TailRow[] = [];
  for (let at = 0; at < changes.length; at += BATCH) {
    const slice = changes.slice(at, at + BATCH);
    const lines: string[] = [];
    for (const change of slice) {
      const line = sendableLine(change);
      if (line === undefined) return undefined;
      lines.push(line);
    }
    const first = slice[0];
    const last = slice.at(-1);
    if (first && last) rows.push({ from: first.s, to: last.s, text: `[${lines.join(',')}]` });
    if (changes.length > BATCH) await pause();
  }
  return rows;
}

export const changesOf = (row: TailRow): readonly Change[] =>
  JSON.parse(row.text) as readonly Change[];

/**
 * Seals everything in the tail. One transaction swaps rows for segments, so a page killed at any
 * moment finds either. Segment bounds are chosen once by the author and never change.
 */
export async function sealTail(
  db: VaultDb,
  log: LogReader,
  codec: Codec,
  sign: Sign,
): Promise<void> {
  const changes = [...log.tail];
  const last = changes.at(-1);
  if (!last) return;
  let previous = await lastSha(db, last.r);
  const rows: SegmentRow[] = [];
  for (let at = 0; at < changes.length; at += BATCH) {
    const segment = await encodeSegment(changes.slice(at, at + BATCH), previous, codec);
    const sig = await sign(segmentMessage(segment.sha256));
    rows.push(sig === undefined ? segment : { ...segment, sig });
    previous = segment.sha256;
  }
  await db.transaction('rw', db.tail, db.segments, async () => {
    await db.segments.bulkPut(rows);
    await db.tail.where('from').belowOrEqual(last.s).delete();
  });
  log.addSegments(rows.map((row): SegmentKey => [row.replica, row.from, row.to]));
  log.dropTail(last.s);
}

/** Signs what this device sealed before it had keys. */
export async function signSealed(db: VaultDb, device: DeviceId, sign: Sign): Promise<void> {
  const keys = await db.segments.toCollection().primaryKeys();
  for (const key of keys.filter(([replica]) => deviceOf(replica) === device)) {
    const row = await db.segments.get(key);
    const sig = row && row.sig === undefined ? await sign(segmentMessage(row.sha256)) : undefined;
    if (row && sig !== undefined) await db.segments.put({ ...row, sig });
  }
}

/** Also when all that the replica wrote has been compacted: the chain goes on. */
async function lastSha(db: VaultDb, replica: string): Promise<string | undefined> {
  const row = await db.segments
    .where('[replica+from+to]')
    .between([replica, 0, 0], [replica, Infinity, Infinity])
    .last();
  const tip = tipsOf(await db.bases.toArray())[replica];
  return row && row.to > (tip?.to ?? 0) ? row.sha256 : (tip?.sha256 ?? row?.sha256);
}

/** Reads every segment that holds something above what `has` covers, oldest first per replica. */
export async function eachSegmentAbove(
  db: VaultDb,
  codec: Codec,
  keys: readonly SegmentKey[],
  covered: (replica: string) => number,
  use: (changes: readonly Change[]) => void,
  onProgress: (done: number, total: number) => void,
): Promise<readonly SegmentKey[]> {
  const wanted = keys.filter((key) => key[2] > covered(key[0]));
  const damaged: SegmentKey[] = [];
  let done = 0;
  for (const key of wanted) {
    // Another window may have compacted in between.
    const row =
      (await db.segments.get([...key])) ??
      (await db.archive
        .where('[replica+from+to]')
        .equals([...key])
        .first());
    const read = row ? await decodeSegment(row.bytes, codec) : undefined;
    if (read?.ok) use(read.value.changes);
    else damaged.push(key);
    onProgress(++done, wanted.length);
    await pause();
  }
  return damaged;
}
