/** What became of each of many files, and of all of them together. */
import type { FileType, Role } from '../../shared/exchange/manifest';
import type { Gap } from '../../shared/exchange/plan';
import { dryRun, type DryRun, type Start } from '../../shared/exchange/recordReport';
import { inboxGaps } from '../../shared/exchange/sequence';
import { kindOf } from '../../shared/kinds/registry';
import { joinRows } from '../../shared/log/base';
import type { RecordId } from '../../shared/log/change';
import type { RecordState } from '../../shared/log/record';
import { join, missingCount, seen, type Vector } from '../../shared/log/vector';
import type { Refusal } from '../../shared/result';
import type { Segment, Waiting } from '../store/exchangeStore';
import type { OpenedPackage, RefusedFile } from './readMany';
import type { Trial } from './rehearsal';

export const outcomes = [
  'refused',
  'left',
  'waits',
  'held',
  'kept',
  'applies',
  'receipt',
  'nothing',
] as const;
/**
 * `left`: it stopped before this one. `waits`: behind a file that has not come. `held`: for a person
 * to decide about its author. `kept`: whole, for a later release. `receipt`: it only says what its sender has. `nothing`: it came before
 * and is not even noted again.
 */
export type Outcome = (typeof outcomes)[number];

export interface FileReport {
  readonly name: string;
  readonly outcome: Outcome;
  readonly refusal: Refusal | undefined;
  /** Undefined when it would not open. */
  readonly from:
    | { readonly replica: string; readonly name: string; readonly role: Role }
    | undefined;
  readonly number: number;
  readonly type: FileType | undefined;
  /** Milliseconds since 1970-01-01 UTC, by the sender's clock. */
  readonly writtenAt: number | undefined;
  /** Changes it is the first to bring: applied, waiting behind a gap, held for a person. */
  readonly applied: number;
  readonly waiting: number;
  readonly held: number;
  /** What it waits for. */
  readonly gaps: readonly Gap[];
}

export interface ManyReport {
  readonly files: readonly FileReport[];
  /** Records by outcome over all files together. */
  readonly totals: DryRun;
  readonly applied: number;
  /** Applied changes that had come before and waited. */
  readonly drained: number;
  readonly waiting: number;
  readonly held: number;
  /** Attachments whose bytes came and were not here, and their bytes. */
  readonly attachments: { readonly count: number; readonly size: number };
  /** Why it stopped before the last file: the disk is full, or the person cancelled. */
  readonly stopped: Refusal | undefined;
}

/** One file and what was done with it. */
export interface Item {
  readonly file: OpenedPackage;
  readonly did: 'applied' | 'nothing' | 'left' | Refusal;
}

interface Ran {
  readonly trial: Trial;
  /** The inbox before the first file. */
  readonly waiting: readonly Waiting[];
  readonly items: readonly Item[];
  readonly refused: readonly RefusedFile[];
  readonly stopped: Refusal | undefined;
}

/** Records listed per outcome: a report that a person reads, not a list of everything. */
const LISTED = 200;

export function reportOf({ trial, waiting, items, refused, stopped }: Ran): ManyReport {
  const old = new Set(waiting.map(({ segment }) => segment.sha256));
  const bringer = bringers(items, old);
  const applied = countBy(bringer, appliedSegments(trial));
  const left = trial.vault.exchange.waiting().filter(({ segment }) => !old.has(segment.sha256));
  const have = trial.vault.projection.have();
  const gap = left.filter(({ reason }) => reason === 'gap').map(({ segment }) => segment);
  const other = left.filter(({ reason }) => reason !== 'gap').map(({ segment }) => segment);
  const waits = countBy(bringer, counted(gap, have));
  const held = countBy(bringer, counted(other, {}));
  const gaps = inboxGaps(gap, have);
  const files = items.map(({ file, did }): FileReport => {
    const { manifest } = file.unpacked.file;
    const mine = new Set(gap.filter((s) => bringer.get(s.sha256) === file).map((s) => s.replica));
    const counts = {
      applied: applied.by.get(file) ?? 0,
      waiting: waits.by.get(file) ?? 0,
      held: held.by.get(file) ?? 0,
    };
    return {
      ...counts,
      name: file.name,
      outcome: outcomeOf(did, counts),
      refusal: typeof did === 'object' ? did : undefined,
      from: manifest.from,
      number: manifest.chain.number,
      type: manifest.type,
      writtenAt: manifest.createdAt,
      gaps: gaps.filter(({ replica }) => mine.has(replica)),
    };
  });
  const changes = trial.came.flatMap(({ arrival }) => arrival.changes);
  return {
    files: [...refused.map(refusedReport), ...files],
    totals: dryRun(changes, trial.base, kindOf, LISTED, startOf(trial)),
    applied: changes.length + based(trial),
    drained: changes.length - applied.total,
    waiting: waits.total,
    held: held.total,
    attachments: attachmentsOf(trial),
    stopped,
  };
}

/** State in place of compacted changes that came along, joined with what was here before. */
function startOf({ base, came }: Trial): Start | undefined {
  const records = new Map<RecordId, RecordState>();
  let start: Start | undefined;
  for (const { rows, head } of came.flatMap(({ arrival }) => arrival.bases ?? [])) {
    const from = start ?? { have: base.have(), early: base.early() };
    const get = (id: RecordId) => records.get(id) ?? base.get(id);
    const joined = joinRows({ rows, have: head.have }, from, kindOf, get);
    for (const [id, state] of joined.records) records.set(id, state);
    start = { records, have: joined.have, early: joined.early };
  }
  return start;
}

const based = ({ came }: Trial): number =>
  came.reduce((sum, { arrival, before }) => {
    const bases = arrival.bases ?? [];
    const after = bases.reduce((all, { head }) => join(all, head.have), before);
    return sum + missingCount(before, after);
  }, 0);

const attachmentsOf = ({ came }: Trial): ManyReport['attachments'] =>
  came.reduce(
    ({ count, size }, { arrival: { entry } }) => ({
      count: count + (entry?.attachments ?? 0),
      size: size + (entry?.attachmentBytes ?? 0),
    }),
    { count: 0, size: 0 },
  );

type Counts = Pick<FileReport, 'applied' | 'waiting' | 'held'>;

function outcomeOf(did: Item['did'], { applied, waiting, held }: Counts): Outcome {
  if (typeof did === 'object') return 'refused';
  // What another file of the set brought along is no news in this one.
  if (did !== 'applied') return did;
  if (applied > 0) return 'applies';
  return waiting > 0 ? 'waits' : held > 0 ? 'held' : 'receipt';
}

const refusedReport = ({ name, refusal, keep }: RefusedFile): FileReport => ({
  name,
  outcome: keep ? 'kept' : 'refused',
  refusal: keep ? undefined : refusal,
  from: undefined,
  number: 0,
  type: undefined,
  writtenAt: undefined,
  applied: 0,
  waiting: 0,
  held: 0,
  gaps: [],
});

/** The first file of the set to bring each segment; none for what had waited before. */
function bringers(
  items: readonly Item[],
  old: ReadonlySet<string>,
): ReadonlyMap<string, OpenedPackage> {
  const out = new Map<string, OpenedPackage>();
  for (const { file } of items) {
    for (const { segment } of file.unpacked.file.segments) {
      if (!old.has(segment.sha256) && !out.has(segment.sha256)) out.set(segment.sha256, file);
    }
  }
  return out;
}

interface Counted {
  readonly sha256: string;
  readonly count: number;
}

/** Changes of each segment that were not here when it was applied. */
const appliedSegments = ({ came }: Trial): readonly Counted[] =>
  came.flatMap(({ arrival, before }) => counted(arrival.segments, before));

/** Of segments in order, each counted from where the one before it ended. */
function counted(segments: readonly Segment[], have: Vector): readonly Counted[] {
  const reach: Record<string, number> = {};
  return segments.map(({ replica, from, to, sha256 }) => {
    const start = Math.max(from - 1, reach[replica] ?? seen(have, replica));
    reach[replica] = Math.max(start, to);
    return { sha256, count: Math.max(0, to - start) };
  });
}

function countBy(
  bringer: ReadonlyMap<string, OpenedPackage>,
  segments: readonly Counted[],
): { readonly by: ReadonlyMap<OpenedPackage, number>; readonly total: number } {
  const by = new Map<OpenedPackage, number>();
  let total = 0;
  for (const { sha256, count } of segments) {
    const file = bringer.get(sha256);
    if (!file) continue;
    by.set(file, (by.get(file) ?? 0) + count);
    total += count;
  }
  return { by, total };
}
