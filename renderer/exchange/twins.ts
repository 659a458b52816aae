/** What is to be held against segments that are not here byte for byte: the same numbers, as they are here. */
import type { OpenBase } from '../../shared/exchange/base';
import type { OpenSegment } from '../../shared/exchange/openSegments';
import { dotOf, type Change, type Dot } from '../../shared/log/change';
import { seen, type Vector } from '../../shared/log/vector';
import type { SegmentsHere } from '../store/exchangeStore';
import type { Vault } from '../store/vault';

/**
 * What is not sealed has no hash, and what goes on from it cannot be told from what goes on from another
 * branch. Where that fails, applying seals it first and has the plan made anew, or fails too.
 */
export async function sealBefore(
  vault: Pick<Vault, 'device' | 'exchange'>,
  segments: readonly OpenSegment[],
  bases: readonly OpenBase[] = [],
): Promise<void> {
  const self = vault.device()?.replica ?? '';
  const isOwn =
    segments.some(({ segment }) => segment.replica === self) ||
    bases.some(({ head }) => seen(head.have, self) > 0);
  if (isOwn) await vault.exchange.seal();
}

/** What the log says under their numbers. */
export async function loggedTwins(
  vault: Pick<Vault, 'projection' | 'changes'>,
  segments: readonly OpenSegment[],
  hashes: ReadonlySet<string>,
): Promise<ReadonlyMap<Dot, Change>> {
  const have = vault.projection.have();
  const dots = segments
    .filter(
      ({ segment: { replica, from, sha256 } }) =>
        from <= seen(have, replica) && !hashes.has(sha256),
    )
    .flatMap(({ changes }) => changes.filter(({ r, s }) => s <= seen(have, r)).map(dotOf));
  const found = dots.length > 0 ? await vault.changes(dots) : [];
  return new Map(found.map((change) => [dotOf(change), change]));
}

/** Changes of segments that reach below what was compacted. */
export const compactedIn = (
  segments: readonly OpenSegment[],
  compacted: Vector,
  hashes: ReadonlySet<string>,
): readonly Change[] =>
  segments
    .filter(({ segment }) => !hashes.has(segment.sha256))
    .flatMap(({ segment, changes }) =>
      segment.from <= seen(compacted, segment.replica) ? changes : [],
    );

/** Hashes of segments below what was compacted that say what the archive says: surely, not for want of it. */
export async function comparedBelow(
  vault: Pick<Vault, 'changes'>,
  segments: readonly OpenSegment[],
  { compacted, hashes }: Pick<SegmentsHere, 'compacted' | 'hashes'>,
): Promise<ReadonlySet<string>> {
  const unknown = segments.filter(
    ({ segment: { replica, from, sha256 } }) =>
      from <= seen(compacted, replica) && !hashes.has(sha256),
  );
  const dots = unknown.flatMap(({ changes }) => changes.map(dotOf));
  if (dots.length === 0) return new Set();
  const found = new Map((await vault.changes(dots)).map((each) => [dotOf(each), each]));
  const isSame = (change: Change) =>
    JSON.stringify(found.get(dotOf(change))) === JSON.stringify(change);
  return new Set(
    unknown.filter(({ changes }) => changes.every(isSame)).map(({ segment }) => segment.sha256),
  );
}
