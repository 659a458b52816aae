import { useEffect, useState } from 'react';
import type { HistoryEntry } from '../../../shared/log/history';
import { useVault } from '../../app/vaultContext';

/** The history of a record, read from the log; read again after every change: relations count too. */
export function useHistory(id: string, wanted = true): readonly HistoryEntry[] | undefined {
  const vault = useVault();
  const changes = vault.version();
  const [entries, setEntries] = useState<readonly HistoryEntry[]>();
  useEffect(
    () => {
      if (!wanted) return undefined;
      let gone = false;
      void vault.history(id).then(
        (found) => {
          if (!gone) setEntries(found);
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
    },
    // The version is not used, but it is what makes the history old.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
    [vault, id, changes, wanted],
  );
  return entries;
}
