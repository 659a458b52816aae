/**
 * The state of a drill or invocation: a pure fold over its log. Whatever the order in which lines
 * arrive, and on whichever laptop, the same lines give the same state; closing the window loses
 * nothing, because nothing else is kept.
 */
import type { RecordId } from '../log/change';
import { MINUTE_MS } from '../impact/clocks';
import { foldCalls, type CallTree } from './calls';
import { compareEntries, type Entry } from './entry';
import type { Frozen, FrozenService } from './frozen';
import { foldSteps, type StepState } from './steps';

export type Mode = 'drill' | 'real';

export interface Pause {
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
}

export interface ServiceState {
  readonly service: FrozenService;
  readonly backAt: number | undefined;
  /** Minutes from the loss until it was back, pauses left out. */
  readonly achieved: number | undefined;
}

export interface HandOver {
  readonly at: number;
  readonly by: string;
  readonly to: string;
  readonly note: string;
}

export interface RunState {
  readonly mode: Mode;
  readonly lostAt: number;
  readonly startedAt: number | undefined;
  readonly stoodDownAt: number | undefined;
  readonly pauses: readonly Pause[];
  readonly paused: boolean;
  /** Who coordinates, once somebody started it. */
  readonly coordinator: string;
  readonly steps: readonly StepState[];
  readonly services: readonly ServiceState[];
  readonly calls: CallTree;
  readonly handOvers: readonly HandOver[];
  /** The log, oldest first. */
  readonly timeline: readonly Entry[];
}

export function foldRun(frozen: Frozen, entries: readonly Entry[], mode: Mode): RunState {
  const all = unique(entries);
  const end = all.find((entry) => entry.type === 'stoodDown');
  const started = all.find((entry) => entry.type === 'started');
  const pauses = foldPauses(all, mode, end?.at);
  const handOvers = all
    .filter((entry) => entry.type === 'handOver')
    .map(({ at, by, detail, text }) => ({ at, by, to: detail.name ?? '', note: text }));
  return {
    mode,
    lostAt: frozen.lostAt,
    startedAt: started?.at,
    stoodDownAt: end?.at,
    pauses,
    paused: pauses.some((pause) => pause.to === undefined),
    coordinator: handOvers.at(-1)?.to ?? started?.detail.name ?? started?.by ?? '',
    steps: foldSteps(frozen.steps, all, mode),
    services: foldServices(frozen, all, pauses),
    calls: foldCalls(frozen.calls, all),
    handOvers,
    timeline: all,
  };
}

/** Milliseconds between `from` and `to` during which the run was paused. */
export function pausedBetween(pauses: readonly Pause[], from: number, to: number): number {
  return pauses.reduce((sum, pause) => {
    const start = Math.max(from, pause.from);
    const stop = Math.min(to, pause.to ?? to);
    return sum + Math.max(0, stop - start);
  }, 0);
}

/** Milliseconds the run has been going since the loss, pauses left out. */
export function elapsed(run: RunState, now: number): number {
  const end = run.stoodDownAt ?? now;
  return Math.max(0, end - run.lostAt - pausedBetween(run.pauses, run.lostAt, end));
}

/** The same line may come twice, from two files. */
function unique(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()].toSorted(compareEntries);
}

/** Only an exercise can be paused: a real outage does not wait. */
function foldPauses(
  entries: readonly Entry[],
  mode: Mode,
  end: number | undefined,
): readonly Pause[] {
  if (mode === 'real') return [];
  const pauses: Pause[] = [];
  let from: number | undefined;
  for (const { type, at } of entries) {
    if (end !== undefined && at > end) break;
    if (type === 'paused') from ??= at;
    if (type === 'resumed' && from !== undefined) {
      pauses.push({ from, to: at });
      from = undefined;
    }
  }
  if (from !== undefined) pauses.push({ from, to: end });
  return pauses;
}

function foldServices(
  frozen: Frozen,
  entries: readonly Entry[],
  pauses: readonly Pause[],
): readonly ServiceState[] {
  const back = new Map<RecordId, number>();
  for (const { type, subject, at } of entries) {
    if (type === 'serviceBack' && !back.has(subject)) back.set(subject, at);
    if (type === 'serviceLost') back.delete(subject);
  }
  return frozen.services.map((service) => {
    const backAt = back.get(service.id);
    if (backAt === undefined) return { service, backAt, achieved: undefined };
    const took = backAt - frozen.lostAt - pausedBetween(pauses, frozen.lostAt, backAt);
    return { service, backAt, achieved: Math.max(0, took / MINUTE_MS) };
  });
}
