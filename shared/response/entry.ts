/** One line of a run's log, read from its append-only record. */
import { entryTypes } from '../kinds/drillEntry';
import type { RecordId, Value } from '../log/change';
import type { RecordState } from '../log/record';

export type EntryType = (typeof entryTypes)[number];

export const outcomes = ['reached', 'noAnswer', 'messageLeft', 'wrongNumber'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Entry {
  readonly id: RecordId;
  /** Milliseconds since 1970-01-01 UTC, by the writer's clock. */
  readonly at: number;
  readonly type: EntryType;
  readonly by: string;
  /** Step, service or call node that the line is about. */
  readonly subject: RecordId;
  /** What the person wrote: a note, a reason. */
  readonly text: string;
  readonly detail: EntryDetail;
}

export interface EntryDetail {
  /** Of a call. */
  readonly outcome?: Outcome;
  /** Whom the call was for. */
  readonly who?: 'person' | 'deputy';
  /** Name of the person called, or of the one who takes over. */
  readonly name?: string;
}

/** Undefined for a line of a type that only a newer release knows. */
export function readEntry(state: RecordState): Entry | undefined {
  const { at, by, subject, text, type } = state.values;
  const known = entryTypes.find((name) => name === type);
  if (!known || typeof at !== 'number') return undefined;
  const str = (value: Value | undefined) => (typeof value === 'string' ? value : '');
  return {
    id: state.id,
    at,
    type: known,
    by: str(by),
    subject: str(subject),
    text: str(text),
    detail: readDetail(state.values.detail),
  };
}

function readDetail(value: Value | undefined): EntryDetail {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  const { outcome, who, name } = value as Readonly<Record<string, Value | undefined>>;
  const known = outcomes.find((o) => o === outcome);
  return {
    ...(known ? { outcome: known } : {}),
    ...(who === 'person' || who === 'deputy' ? { who } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** By time, then id, so that every laptop reads the log in the same order. */
export const compareEntries = (a: Entry, b: Entry): number =>
  a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
