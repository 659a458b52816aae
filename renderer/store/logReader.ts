/**
 * Finds changes by their dots: recent ones in memory, older ones in their segment, compacted ones in
 * the archive or in an archive file that was opened for this session.
 */
import { parseDot, dotOf, type Change, type Dot } from '../../shared/log/change';
import { overwrittenBy } from '../../shared/log/undo';
import type { Codec } from '../../shared/exchange/codec';
import { decodeSegment, type Segment } from '../../shared/exchange/segment';
import { MAX_UNPACKED } from '../../shared/exchange/limits';
import type { SegmentKey, VaultDb } from './db';
import { createSegmentIndex } from './segmentIndex';

const KEPT = 8;

export interface LogReader {
  /** Changes of the tail, oldest first. */
  readonly tail: readonly Change[];
  setTail(changes: readonly Change[]): void;
  addTail(changes: readonly Change[]): void;
  /** The tail up to that sequence has become a segment. */
  dropTail(to: number): void;
  addSegments(keys: readonly SegmentKey[]): void;
  /** All there are now: some may have gone to the archive. */
  setSegments(keys: readonly SegmentKey[], archived: readonly SegmentKey[]): void;
  /** Grows with every change to which segments there are. */
  segmentsVersion(): number;
  segmentKeys(): readonly SegmentKey[];
  archiveKeys(): readonly SegmentKey[];
  /** Segments of an archive file, readable until the window closes. */
  addSession(segments: readonly Segment[]): void;
  /** The changes of those dots, as far as the log has them. */
  find(dots: readonly Dot[]): Promise<readonly Change[]>;
  /** Those, and all that they overwrote, directly or through others. */
  findBack(dots: readonly Dot[]): Promise<FoundBack>;
}

export interface FoundBack {
  readonly changes: readonly Change[];
  /** Named by what was found, and not here. */
  readonly missing: readonly Dot[];
}

export function createLogReader(db: VaultDb, codec: Codec): LogReader {
  let tail: Change[] = [];
  let version = 0;
  const segments = createSegmentIndex();
  const archive = createSegmentIndex();
  const session = createSegmentIndex();
  /** Read when first asked for, and again when there are more. */
  let kept: Promise<ReadonlyMap<Dot, Change>> | undefined;
  const sessionBytes = new Map<string, Uint8Array>();
  const decoded = new Map<string, readonly Change[]>();

  const keyOf = (r: string, s: number): SegmentKey | undefined =>
    segments.find(r, s) ?? archive.find(r, s) ?? session.find(r, s);

  async function bytesOf(key: SegmentKey): Promise<Uint8Array | undefined> {
    const row =
      (await db.segments.get(key)) ??
      (await db.archive
        .where('[replica+from+to]')
        .equals([...key])
        .first());
    return row?.bytes ?? sessionBytes.get(key.join(' '));
  }

  async function changesOf(key: SegmentKey): Promise<readonly Change[]> {
    const id = key.join(' ');
    const hit = decoded.get(id);
    if (hit) return hit;
    const bytes = await bytesOf(key);
    const read = bytes ? await decodeSegment(bytes, codec) : undefined;
    const changes = read?.ok ? read.value.changes : [];
    decoded.set(id, changes);
    const oldest = decoded.size > KEPT ? decoded.keys().next().value : undefined;
    if (oldest !== undefined) decoded.delete(oldest);
    return changes;
  }

  async function readKept(): Promise<ReadonlyMap<Dot, Change>> {
    const out = new Map<Dot, Change>();
    for (const { alive } of await db.archiveFiles.toArray()) {
      const lines = await codec.gunzip(alive, MAX_UNPACKED);
      const text = lines.ok ? (codec.decode(lines.value) ?? '') : '';
      for (const line of text.split('\n')) {
        if (!line) continue;
        const change = JSON.parse(line) as Change;
        out.set(dotOf(change), change);
      }
    }
    return out;
  }

  async function find(dots: readonly Dot[]): Promise<readonly Change[]> {
    const recent = new Map(tail.map((change) => [dotOf(change), change]));
    const found: Change[] = [];
    const gone: Dot[] = [];
    const wanted = new Map<string, { key: SegmentKey; sequences: Set<number> }>();
    for (const dot of new Set(dots)) {
      const hit = recent.get(dot);
      if (hit) {
        found.push(hit);
        continue;
      }
      const { r, s } = parseDot(dot);
      const key = keyOf(r, s);
      if (!key) {
        gone.push(dot);
        continue;
      }
      const id = key.join(' ');
      const entry = wanted.get(id) ?? { key, sequences: new Set<number>() };
      entry.sequences.add(s);
      wanted.set(id, entry);
    }
    for (const { key, sequences } of wanted.values()) {
      for (const change of await changesOf(key)) {
        if (sequences.has(change.s)) found.push(change);
      }
    }
    const alive = gone.length ? await (kept ??= readKept()) : undefined;
    for (const dot of gone) {
      const change = alive?.get(dot);
      if (change) found.push(change);
    }
    return found;
  }

  return {
    get tail() {
      return tail;
    },
    setTail(changes) {
      tail = [...changes];
    },
    addTail(changes) {
      tail = tail.concat(changes);
    },
    dropTail(to) {
      tail = tail.filter((change) => change.s > to);
    },
    addSegments(keys) {
      version++;
      segments.add(keys);
    },
    segmentsVersion: () => version,
    setSegments(keys, archived) {
      version++;
      segments.set(keys);
      archive.set(archived);
      kept = undefined;
    },
    segmentKeys: () => segments.keys(),
    archiveKeys: () => archive.keys(),
    addSession(added) {
      for (const { replica, from, to, bytes } of added) {
        sessionBytes.set([replica, from, to].join(' '), bytes);
      }
      session.add(added.map((s): SegmentKey => [s.replica, s.from, s.to]));
      decoded.clear();
    },
    find,
    async findBack(dots) {
      const asked = new Set<Dot>(dots);
      const changes: Change[] = [];
      const here = new Set<Dot>();
      let next: readonly Dot[] = [...asked];
      while (next.length) {
        const found = await find(next);
        for (const change of found) {
          changes.push(change);
          here.add(dotOf(change));
        }
        next = [...new Set(overwrittenBy(found))].filter((dot) => !asked.has(dot));
        for (const dot of next) asked.add(dot);
      }
      return { changes, missing: [...asked].filter((dot) => !here.has(dot)) };
    },
  };
}
