/**
 * What was approved, and what has changed since. An approval names the heads that its author had
 * before them: of the record, its parts, and the relations that lead from them. Any other head, also
 * one that was written elsewhere at the same time, is a change since approval on every replica.
 */
import type { KindDef } from '../kinds/define';
import type { Fields, RecordId, ReplicaId, Value } from '../log/change';
import { DELETED } from '../log/change';
import type { Edit } from '../log/changeset';
import { compareStamps, deletion, headsOf, type RecordState, type Stamp } from '../log/record';
import { covers, type Vector } from '../log/vector';
import type { KindLookup, Projection } from '../projection/projection';
import { endOf } from '../projection/references';
import { idsIn } from './apart';

/** Kind of the records that are approvals. */
export const APPROVAL = 'approval';

/** The kinds of the parts of a kind, such as the steps of a plan. */
export type PartKinds = (kind: string) => readonly KindDef[];

export interface Approval {
  readonly id: RecordId;
  readonly by: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** Per replica the last change approved; a vector, because a replica never has a later one first. */
  readonly covers: Vector;
  readonly parts: readonly RecordId[];
  /** Of the commit that approved: what it wrote itself is approved too. */
  readonly stamp: Stamp;
}

export interface ChangeSince {
  /** The record, its part, or a link that leads from either. */
  readonly id: RecordId;
  readonly is: 'changed' | 'added' | 'removed';
  /** For `changed`: the field. */
  readonly field?: string;
  /** The heads that nobody approved, the newest first. */
  readonly stamps: readonly Stamp[];
}

export type ApprovalState =
  /** The status does not say that it is approved. */
  | { readonly is: 'none' }
  /** The status says so, but nobody put down what was approved. */
  | { readonly is: 'unnamed' }
  | { readonly is: 'approved'; readonly approval: Approval }
  | {
      readonly is: 'changed';
      /** The latest one. */
      readonly approval: Approval;
      readonly changes: readonly ChangeSince[];
    };

/** Approvals of every record, the newest first. */
export type Approvals = ReadonlyMap<RecordId, readonly Approval[]>;

/** `said`: the visible records of kind `approval`. */
export function approvalsOf(said: readonly RecordState[]): Approvals {
  const by = new Map<RecordId, Approval[]>();
  for (const state of said) {
    const { subject, by: person, at } = state.values;
    const stamp = headsOf(state, 'subject')[0]?.stamp;
    if (typeof subject !== 'string' || !stamp) continue;
    const approval: Approval = {
      id: state.id,
      by: typeof person === 'string' ? person : '',
      at: typeof at === 'number' ? at : stamp.t[0],
      covers: vectorIn(state.values.covers),
      parts: idsIn(state.values.parts),
      stamp,
    };
    by.set(subject, [...(by.get(subject) ?? []), approval]);
  }
  for (const all of by.values()) all.sort((a, b) => compareStamps(a.stamp, b.stamp));
  return by;
}

/** Does any head of the status say that the record is approved? */
export function saysApproved(kind: KindDef, state: RecordState): boolean {
  const wanted = kind.lifecycle?.approval?.state;
  return wanted !== undefined && headsOf(state, 'status').some((head) => head.value === wanted);
}

export function approvalState(
  projection: Projection,
  kindOf: KindLookup,
  partKinds: PartKinds,
  approvals: Approvals,
  state: RecordState,
): ApprovalState {
  const kind = kindOf(state.kind);
  if (!kind || !saysApproved(kind, state)) return { is: 'none' };
  const known = approvals.get(state.id) ?? [];
  const [latest] = known;
  if (!latest) return { is: 'unnamed' };
  let first: readonly ChangeSince[] | undefined;
  for (const approval of known) {
    const changes = changesSince(projection, partKinds, state, approval);
    if (!changes.length) return { is: 'approved', approval };
    first ??= changes;
  }
  return { is: 'changed', approval: latest, changes: first ?? [] };
}

/** What stands now and was not approved, the record first, then its parts in their order. */
function changesSince(
  projection: Projection,
  partKinds: PartKinds,
  state: RecordState,
  approval: Approval,
): readonly ChangeSince[] {
  const parts = partsOfRecord(projection, partKinds, state);
  const ids = new Set([state.id, ...parts.map((part) => part.id), ...approval.parts]);
  const known = new Set([state.id, ...approval.parts]);
  return [...ids].flatMap((id) => {
    const record = projection.get(id);
    if (!record) return [];
    const links = linksFrom(projection, id);
    return [
      ...since(record, approval, known.has(id)),
      ...links.flatMap((link) => since(link, approval, isCovered(link, 'rel', approval))),
    ];
  });
}

function since(record: RecordState, approval: Approval, known: boolean): readonly ChangeSince[] {
  const { id } = record;
  const gone = deletion(record) === 'deleted';
  const open = (field: string): readonly Stamp[] =>
    headsOf(record, field)
      .map((head) => head.stamp)
      .filter((stamp) => !named(approval, stamp));
  if (gone && !known) return [];
  if (gone) {
    const stamps = open(DELETED);
    return stamps.length ? [{ id, is: 'removed', stamps }] : [];
  }
  const fields = Object.keys(record.heads)
    .map((field) => ({ id, is: 'changed', field, stamps: open(field) }) as const)
    .filter(({ stamps }) => stamps.length > 0);
  if (known || !fields.length) return fields;
  return [{ id, is: 'added', stamps: fields[0]?.stamps ?? [] }];
}

const isCovered = (record: RecordState, field: string, approval: Approval): boolean =>
  headsOf(record, field).some((head) => named(approval, head.stamp));

/** Did the approval name that change? A commit gives all its changes one time. */
export const named = (approval: Approval, stamp: Stamp): boolean =>
  covers(approval.covers, stamp.r, stamp.s) ||
  (stamp.r === approval.stamp.r &&
    stamp.t[0] === approval.stamp.t[0] &&
    stamp.t[1] === approval.stamp.t[1]);

export interface Approver {
  readonly by: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly newId: () => RecordId;
}

/**
 * The edit that puts down what is approved: everything as the projection has it, with whatever else
 * its commit writes. It goes into the commit that moves the status.
 */
export function approvalEdit(
  projection: Projection,
  partKinds: PartKinds,
  state: RecordState,
  approver: Approver,
): Edit {
  const parts = partsOfRecord(projection, partKinds, state);
  const records = [state, ...parts];
  const named = [...records, ...records.flatMap((record) => linksFrom(projection, record.id))];
  return {
    do: 'create',
    kind: APPROVAL,
    id: approver.newId(),
    fields: {
      subject: state.id,
      by: approver.by,
      at: approver.at,
      covers: vectorOf(named),
      parts: parts.map((part) => part.id),
    },
  };
}

/** The fields that a commit writes beside when it approves the record; `day` as YYYY-MM-DD, local. */
export function approvedFields(kind: KindDef, by: string, day: string): Fields {
  const approval = kind.lifecycle?.approval;
  if (!approval) return {};
  return {
    status: approval.state,
    ...(approval.by ? { [approval.by]: by } : {}),
    ...(approval.on ? { [approval.on]: day } : {}),
  };
}

const partsOfRecord = (
  projection: Projection,
  partKinds: PartKinds,
  state: RecordState,
): readonly RecordState[] =>
  partKinds(state.kind).flatMap((kind) => projection.parts(state.id, kind));

const linksFrom = (projection: Projection, id: RecordId): readonly RecordState[] =>
  projection.linksOf(id).filter((link) => endOf(link, 'from') === id);

/** The greatest sequence per replica among all heads: whatever is below was known with it. */
function vectorOf(records: readonly RecordState[]): Readonly<Record<ReplicaId, number>> {
  const out: Record<ReplicaId, number> = {};
  for (const record of records) {
    for (const field of Object.keys(record.heads)) {
      for (const { stamp } of headsOf(record, field)) {
        out[stamp.r] = Math.max(out[stamp.r] ?? 0, stamp.s);
      }
    }
  }
  return out;
}

function vectorIn(value: Value | undefined): Vector {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}
