/** Every change of some records, in the terms of today's kinds, read from the log when first needed. */
import { useEffect, useMemo, useState } from 'react';
import { kindOf } from '../../../shared/kinds/registry';
import { upcastChange } from '../../../shared/kinds/upcast';
import { dotOf, type Change, type Dot } from '../../../shared/log/change';
import { useVault } from '../../app/vaultContext';

export interface RecordChanges {
  readonly all: readonly Change[];
  readonly byDot: ReadonlyMap<Dot, Change>;
}

/** Undefined until they are read. `dots` are those of the records; empty when nothing is wanted. */
export function useChanges(dots: readonly Dot[]): RecordChanges | undefined {
  const vault = useVault();
  const wanted = useMemo(() => dots.join(' '), [dots]);
  const [found, setFound] = useState<{
    readonly wanted: string;
    readonly changes: RecordChanges;
  }>();
  useEffect(() => {
    let gone = false;
    void vault.changes(wanted ? wanted.split(' ') : []).then(
      (raw) => {
        if (gone) return undefined;
        const all = raw.map((change) => upcastChange(kindOf(change.k), change));
        const byDot = new Map(all.map((change) => [dotOf(change), change]));
        setFound({ wanted, changes: { all, byDot } });
        return undefined;
      },
      (error: unknown) => {
        // The vault may be closed while a page that is already gone still reads.
        if (!gone) throw error;
      },
    );
    return () => {
      gone = true;
    };
  }, [vault, wanted]);
  return found?.wanted === wanted ? found.changes : undefined;
}
