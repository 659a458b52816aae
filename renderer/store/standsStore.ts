/** Which segments the bases here stand for: headquarters looks at its archive, a laptop keeps its word. */
import { isActiveHeadquarters } from '../../shared/exchange/base';
import { signStands } from '../../shared/exchange/stands';
import type { Codec } from '../../shared/exchange/codec';
import { join, seen, type Vector } from '../../shared/log/vector';
import { deviceOf } from '../../shared/trust/device';
import type { ArchiveStore } from './archive';
import type { MetaRow, SegmentKey, VaultDb } from './db';
import type { Arrival, ExchangeStore, KnownStands } from './exchangeStore';
import { SAME_KEY, type SameRow } from './hereIndex';
import type { TrustState } from './trustStore';

/** In `meta`: what headquarters said of the bases that came last. */
const STANDS_KEY = 'baseStands';

export interface StandsDeps {
  readonly db: VaultDb;
  readonly codec: Codec;
  readonly archive: Pick<ArchiveStore, 'hashes' | 'files'>;
  readonly trust: Pick<TrustState, 'roster' | 'certificate' | 'sign'>;
  readonly replica: () => string;
}

export const standsRow = ({ stands }: Pick<Arrival, 'stands'>): MetaRow | undefined =>
  stands && { key: STANDS_KEY, value: stands };

export function createStandsFor(deps: StandsDeps): ExchangeStore['standsFor'] {
  const { db, codec, archive, trust } = deps;
  return async (bases) => {
    if (bases.length === 0) return undefined;
    const [row, same] = await db.meta.bulkGet([STANDS_KEY, SAME_KEY]);
    const told = row?.value as KnownStands | undefined;
    const heads = bases.map(({ parts: [first] }) => first?.sha256 ?? '');
    if (trust.certificate()?.role !== 'hq') {
      const isOfThese =
        told?.heads.length === heads.length && heads.every((head) => told.heads.includes(head));
      // Whose word does not count any more would make the whole file one that nobody believes.
      return isOfThese && isActiveHeadquarters(trust.roster(), told.by)
        ? { by: told.by, sig: told.sig, marks: told.marks }
        : undefined;
    }
    const keys = await db.archive.orderBy('[replica+from+to]').keys();
    const archived = [
      ...(keys as unknown as readonly SegmentKey[]),
      ...archive.files().flatMap(({ segments }) => segments),
    ];
    const have = bases.reduce<Vector>((all, base) => join(all, base.have), {});
    // Some marks would be worse than none: what they leave out would count as another branch.
    if (!reaches(archived, told?.have ?? {}, have)) return undefined;
    const hashes = [
      ...(await archive.hashes()),
      ...((same?.value ?? []) as readonly SameRow[]).map(([, , sha256]) => sha256),
      ...(told?.marks ?? []),
    ];
    return signStands(heads, hashes, deviceOf(deps.replica()), trust.sign, codec);
  };
}

/** Whether segments lead from one vector to the other without a hole. */
function reaches(segments: readonly SegmentKey[], from: Vector, to: Vector): boolean {
  const ends: Record<string, number> = { ...from };
  for (const [replica, first, last] of segments.toSorted(([, a], [, b]) => a - b)) {
    const end = seen(ends, replica);
    if (first <= end + 1 && last > end) ends[replica] = last;
  }
  return Object.entries(to).every(([replica, end]) => seen(ends, replica) >= end);
}
