/** Every conflict of the vault, who takes part in each, and the ones a filter leaves. */
import { useMemo } from 'react';
import { dotOf, type Dot } from '../../../shared/log/change';
import { allConflicts, stampsOf, type Conflict } from '../../../shared/review/conflict';
import { UNDO, withOrigins } from '../../../shared/review/origin';
import { useVault } from '../../app/vaultContext';
import { useDevices } from '../../ui/record/useDevices';
import { useChanges } from '../../ui/record/useRecordChanges';

export interface Filters {
  readonly kind: string | null;
  readonly site: string | null;
  readonly device: string | null;
  readonly person: string | null;
}

export const NO_FILTERS: Filters = { kind: null, site: null, device: null, person: null };

export interface ConflictList {
  readonly all: readonly Conflict[];
  readonly shown: readonly Conflict[];
  /** What the filters can be set to. */
  readonly kinds: readonly string[];
  readonly sites: readonly string[];
  readonly devices: readonly string[];
  readonly people: readonly string[];
}

export function useConflictList(filters: Filters): ConflictList {
  const { projection } = useVault();
  const devices = useDevices();
  const version = projection.version();
  const plain = useMemo(
    () => allConflicts(projection),
    // The projection is one object that changes; its version says when.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
    [projection, version],
  );
  // The projection does not know who wrote a value, the log does.
  const dots = useMemo(() => plain.flatMap((one) => stampsOf(one).map(dotOf)), [plain]);
  const heads = useChanges(dots);
  // Values that an undo put back: who wrote them first stands further back in their records.
  const undone = useMemo(
    () => new Set(heads?.all.filter(({ why }) => why?.op === UNDO).map(({ id }) => id)),
    [heads],
  );
  const whole = useChanges(
    useMemo(
      () => [...undone].flatMap((id) => projection.get(id)?.dots ?? []),
      [undone, projection],
    ),
  );
  const all = useMemo(() => {
    if (!undone.size || !whole) return plain;
    const byRecord = Map.groupBy(whole.all, ({ id }) => id);
    return plain.map((one) => withOrigins(one, byRecord.get(one.id) ?? []));
  }, [plain, undone, whole]);
  return useMemo(() => {
    const authorOf = (dot: Dot) => (heads?.byDot.get(dot) ?? whole?.byDot.get(dot))?.by;
    const parts = new Map(
      all.map((conflict) => {
        const stamps = stampsOf(conflict);
        return [
          conflict,
          {
            devices: new Set(stamps.map(({ r }) => r)),
            sites: new Set(stamps.map(({ r }) => devices.site(r)).filter(Boolean)),
            people: new Set(stamps.flatMap((stamp) => authorOf(dotOf(stamp)) ?? [])),
          },
        ] as const;
      }),
    );
    const shown = all.filter((conflict) => {
      const part = parts.get(conflict);
      return (
        (filters.kind === null || conflict.kind === filters.kind) &&
        (filters.site === null || part?.sites.has(filters.site)) &&
        (filters.device === null || part?.devices.has(filters.device)) &&
        (filters.person === null || part?.people.has(filters.person))
      );
    });
    const every = (of: 'devices' | 'sites' | 'people') =>
      [...new Set([...parts.values()].flatMap((part) => [...part[of]]))].toSorted();
    return {
      all,
      shown,
      kinds: [...new Set(all.map(({ kind }) => kind))].toSorted(),
      sites: every('sites'),
      devices: every('devices'),
      people: every('people'),
    };
  }, [all, heads, whole, devices, filters]);
}
