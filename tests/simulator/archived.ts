/** What only the archive of a headquarters says, and is gone when its disk is put back. */
import { decodeSegment } from '../../shared/exchange/segment';
import { dotOf, type Change, type Dot } from '../../shared/log/change';
import { headsOf } from '../../shared/log/record';
import { webCodec } from '../../renderer/exchange/webCodec';
import { must, type Machine } from './machine';
import { marksOf, type World } from './world';

export interface Archived {
  readonly dot: Dot;
  /** Nothing of it was shown any more. */
  readonly dead: boolean;
}

/** Notes it before the disk is put back. */
export async function noteArchive({ archived }: World, { vault }: Machine): Promise<void> {
  for (const segment of await vault.archive.oldest(Number.MAX_SAFE_INTEGER)) {
    for (const change of must(await decodeSegment(segment.bytes, webCodec)).changes) {
      const state = vault.projection.get(change.id);
      const dot = dotOf(change);
      const dead = !Object.keys(state?.heads ?? {}).some(
        (field) => state && headsOf(state, field).some(({ stamp }) => dotOf(stamp) === dot),
      );
      for (const mark of marksOf(change)) {
        archived.set(mark, [...(archived.get(mark) ?? []), { dot, dead }]);
      }
    }
  }
}

/** The value was overwritten, and its text was in the archive that is gone. */
export function isForgotten(
  { archived }: World,
  mark: string,
  changes: readonly Change[],
): boolean {
  const overwritten = new Set(changes.flatMap(({ o }) => Object.values(o ?? {}).flat()));
  return archived.get(mark)?.every(({ dot, dead }) => dead || overwritten.has(dot)) ?? false;
}
