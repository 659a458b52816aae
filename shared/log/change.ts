/**
 * A change: the unit of the log, of exchange and of history. The JSON names are short because
 * every line of an exchange file carries them; they are part of the released format.
 */
import type { Hlc } from './clock';

/** A device's identity in one epoch of its database: `<device>-<epoch>`. */
export type ReplicaId = string;
/** Opaque record id: 16 characters of 0-9a-z, or derived from its ends for a link. */
export type RecordId = string;
/** Identity of a change: `<replica>:<sequence>`. */
export type Dot = string;

export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Fields = Readonly<Record<string, Value>>;

/** Why a change was made, when it was not a plain edit. Shown in the history. */
export interface Why {
  /** import, undo, drill, sample, resolve, exchange ... : key under `history.why` in the locales. */
  readonly op: string;
  /** Free label, such as the file's name. */
  readonly label?: string;
  /** Change request under which the change was made (9.1.6). */
  readonly change?: RecordId;
  /** Drill or invocation during which the change was made. */
  readonly drill?: RecordId;
}

export interface Change {
  /** Author replica. */
  readonly r: ReplicaId;
  /** Sequence within the replica: 1, 2, 3 ... without holes. */
  readonly s: number;
  /** Hybrid logical clock. */
  readonly t: Hlc;
  /** Author: the name of the person signed in. */
  readonly by: string;
  /** Kind of the record and the kind's version whose fields are meant. */
  readonly k: string;
  readonly kv: number;
  readonly id: RecordId;
  /** Fields set by this change. Clearing a field sets null. */
  readonly f: Fields;
  /** Per field, the heads that the author saw and replaced. Absent: none. */
  readonly o?: Readonly<Record<string, readonly Dot[]>>;
  /** Sequence of the first change of the same commit, when the commit holds several. */
  readonly g?: number;
  readonly why?: Why;
}

/**
 * Field that marks deletion: `{ saw: Dot[], into?: RecordId }` (every head the deleter saw, and the
 * record this one was merged into) or null (restored).
 */
export const DELETED = '$deleted';

/** Kind of link records. */
export const LINK = 'link';

export const dotOf = (change: { readonly r: ReplicaId; readonly s: number }): Dot =>
  `${change.r}:${change.s}`;

/** Of a well-formed dot the same as `dot === dotOf(change)`, without making a text of it. */
export const isDotOf = (
  dot: Dot,
  { r, s }: { readonly r: ReplicaId; readonly s: number },
): boolean =>
  dot.length > r.length + 1 &&
  dot[r.length] === ':' &&
  dot.startsWith(r) &&
  Number(dot.slice(r.length + 1)) === s;

export function parseDot(dot: Dot): { r: ReplicaId; s: number } {
  const at = dot.lastIndexOf(':');
  return { r: dot.slice(0, at), s: Number(dot.slice(at + 1)) };
}

/** Links are records of their own with an id derived from their ends, so two sites can add one. */
export const linkId = (from: RecordId, relation: string, to: RecordId): RecordId =>
  `${from}|${relation}|${to}`;

/** The ends that an id of `linkId` names, as long as none of its parts holds a `|` itself. */
export function linkEnds(id: RecordId): { readonly from: RecordId; readonly to: RecordId } {
  const first = id.indexOf('|');
  return { from: id.slice(0, first), to: id.slice(id.indexOf('|', first + 1) + 1) };
}

/** Deep equality of JSON values; equal values are no conflict. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item: Value, i) => sameValue(item, b[i] as Value));
  }
  const x = a as { readonly [key: string]: Value };
  const y = b as { readonly [key: string]: Value };
  const keys = Object.keys(x);
  return (
    keys.length === Object.keys(y).length &&
    keys.every((key) => Object.hasOwn(y, key) && sameValue(x[key], y[key]))
  );
}
