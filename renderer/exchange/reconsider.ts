/** Looks again at what is held: after the roster has changed, or a person has decided. */
import { acrossState, denyingBy } from '../../shared/exchange/stateHere';
import { asHeld, type OpenSegment } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { sequence, type Sequenced } from '../../shared/exchange/sequence';
import { kindOf } from '../../shared/kinds/registry';
import { dotOf, type Change, type ReplicaId } from '../../shared/log/change';
import { covers, seen } from '../../shared/log/vector';
import { ok, refuse, type Result } from '../../shared/result';
import type { Anchor, Roster } from '../../shared/trust/roster';
import type { Waiting } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { openInbox } from './engine';
import { restateUnseen } from './restateUnseen';
import { compactedIn, loggedTwins, sealBefore } from './twins';
import { untilCurrent } from './untilCurrent';

interface Look {
  /** Of the projection before anything was looked at. */
  readonly version: number;
  readonly open: readonly OpenSegment[];
  /** Of the segments in the log. */
  readonly hashes: ReadonlySet<string>;
  /** The inbox as it would be judged by that roster. */
  readonly judge: (roster: Roster | undefined) => Sequenced;
}

async function look(vault: Vault): Promise<Look> {
  const version = vault.projection.version();
  const waiting = vault.exchange.waiting();
  const open = await openInbox(
    waiting.map((each) => each.segment),
    vault.trust.context(),
  );
  await sealBefore(vault, open);
  const here = await vault.exchange.here();
  const { tips, hashes, compacted } = here;
  // What was held as a second version stays so: it was compared when it came.
  const forked = new Set(
    waiting.filter(({ reason }) => reason === 'forked').map(({ segment }) => segment.sha256),
  );
  const logged = await loggedTwins(vault, open, hashes);
  const wasHere = await vault.exchange.wasHere(compactedIn(open, compacted, hashes));
  const across = acrossState(open, here);
  const shown = across.length > 0 ? await vault.exchange.stateShown(across) : undefined;
  const isDenied = denyingBy(vault.projection, kindOf);
  const isDeniedByState = denyingBy(vault.projection, kindOf, shown);
  const judged = {
    have: vault.projection.have(),
    tips,
    isHere: (change: Change, { sha256, to }: Segment) =>
      !forked.has(sha256) &&
      (covers(compacted, change.r, change.s)
        ? wasHere(change) && !(to > seen(compacted, change.r) ? isDeniedByState : isDenied)(change)
        : isSame(logged.get(dotOf(change)), change)),
    hasSegment: (sha256: string) => hashes.has(sha256),
  };
  return { version, open, hashes, judge: (roster) => sequence(open, judged, roster) };
}

/**
 * A person at headquarters lets in what is held of these replicas, up to the anchors: of what carries a
 * signature where the anchor does, else of what carries none. Of each the last segment that then fits is
 * signed, and applied with those before it; what waits for a gap is asked about again when that closes.
 * How many changes came in. Refusals: `exchange.contradicts`, something else stands under those numbers by
 * now, and a roster that names both would shut their device out; `exchange.acceptedFurther`, more was
 * accepted once, which has to come first.
 */
export const acceptHeld = (
  vault: Vault,
  anchors: Readonly<Record<ReplicaId, Anchor>>,
): Promise<Result<number>> => untilCurrent(() => acceptOnce(vault, anchors));

async function acceptOnce(
  vault: Vault,
  anchors: Readonly<Record<ReplicaId, Anchor>>,
): Promise<Result<number>> {
  const { version, open, hashes, judge } = await look(vault);
  const roster = vault.trust.roster();
  const now = judge(roster);
  const fits = (replica: ReplicaId, anchor: Anchor): boolean =>
    judge(roster && { ...roster, accepted: { ...roster.accepted, [replica]: anchor } }).apply.some(
      ({ segment }) => segment.sha256 === anchor.sha256,
    );
  const isSigned = ({ segment }: OpenSegment): boolean => segment.sig !== undefined;
  const isFurther = (replica: ReplicaId, to: number): boolean =>
    (roster?.accepted[replica]?.to ?? 0) > to;
  const fitting = Object.entries(anchors).flatMap(([replica, { to: most, sha256: named }]) => {
    const like = open.find(({ segment }) => segment.sha256 === named);
    if (!like || isFurther(replica, most)) return [];
    const last = open
      .filter((each) => each.segment.replica === replica && isSigned(each) === isSigned(like))
      .map(({ segment: { to, sha256 } }) => ({ to, sha256 }))
      .filter(({ to }) => to <= most)
      .toSorted((a, b) => b.to - a.to || Number(b.sha256 === named) - Number(a.sha256 === named))
      .find((anchor) => !isFurther(replica, anchor.to) && fits(replica, anchor));
    return last ? [[replica, last] as const] : [];
  });
  if (fitting.length > 0) {
    const isCurrent = (): boolean => vault.projection.version() === version;
    const noted = await vault.trust.accept(Object.fromEntries(fitting), isCurrent);
    if (!noted.ok) return noted;
  }
  const looked = await reconsider(vault);
  // It may have come in meanwhile. What says the same as the log in other bytes is here as well, and an
  // anchor would name the others.
  const isHere = Object.values(anchors).every(
    ({ sha256 }) => hashes.has(sha256) || now.known.has(sha256),
  );
  if (fitting.length > 0 || isHere || !looked.ok) return looked;
  const further = Object.entries(anchors).some(([replica, { to }]) => isFurther(replica, to));
  return refuse(further ? 'exchange.acceptedFurther' : 'exchange.contradicts');
}

/** How many changes could be applied now that were held before. */
export const reconsider = (vault: Vault): Promise<Result<number>> =>
  untilCurrent(() => lookAgain(vault));

async function lookAgain(vault: Vault): Promise<Result<number>> {
  const waiting = vault.exchange.waiting();
  if (waiting.length === 0) return ok(0);
  const { version, open, judge } = await look(vault);
  const run = judge(vault.trust.roster());
  const reasons = new Map(run.held.map((held) => [held.open.segment.sha256, held.reason]));
  const opened = new Map(open.map(({ segment }) => [segment.sha256, segment]));
  const checked = new Set(
    open.filter(({ proof }) => proof === 'signed').map(({ segment }) => segment.sha256),
  );
  const applied = new Set(run.apply.map((each) => each.segment.sha256));
  const afterwards = (now: readonly Waiting[]): readonly Waiting[] =>
    now.flatMap((each): Waiting[] => {
      const { sha256 } = each.segment;
      const reason = reasons.get(sha256);
      const segment = asHeld(each.segment, opened.get(sha256));
      const signed = checked.has(sha256);
      if (reason) return [{ ...each, segment, reason, ...(signed && { signed }) }];
      return opened.has(sha256) && (applied.has(sha256) || run.known.has(sha256)) ? [] : [each];
    });
  const after = afterwards(waiting);
  const changed = after.some(
    (each, i) => waiting[i]?.segment !== each.segment || waiting[i]?.reason !== each.reason,
  );
  if (after.length === waiting.length && !changed) return ok(0);
  const received = await vault.exchange.receive({
    version,
    segments: run.apply.map((each) => each.segment),
    waiting: afterwards,
    peer: undefined,
    entry: undefined,
    changes: run.changes,
  });
  if (!received.ok) return received;
  await restateUnseen(vault);
  return ok(run.changes.length);
}

const isSame = (twin: Change | undefined, change: Change): boolean =>
  JSON.stringify(twin) === JSON.stringify(change);
