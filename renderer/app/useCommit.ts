/** The way screens write: through the vault's one door, with a toast for the outcome. */
import { useCallback } from 'react';
import i18next from 'i18next';
import type { Edit } from '../../shared/log/changeset';
import type { Why } from '../../shared/log/change';
import type { Vault } from '../store/vault';
import { hideDone, showDone, showRefusal } from './notices';
import { useVault } from './vaultContext';

export { showRefusal };

/**
 * Commits the edits. A refusal is shown in words and answered with false. With `doneText`, success
 * is shown with a button that takes it back.
 */
export type CommitAndTell = (
  edits: readonly Edit[],
  why?: Why,
  doneText?: string,
) => Promise<boolean>;

export function useCommit(): CommitAndTell {
  const vault = useVault();
  return useCallback(
    async (edits, why, doneText) => {
      const result = await vault.commit(edits, why);
      if (!result.ok) {
        showRefusal(result.refusal);
        return false;
      }
      if (doneText) showDone(doneText, vault.undoStep() && (() => void undoAndTell(vault)));
      else hideDone();
      return true;
    },
    [vault],
  );
}

/** Takes back the last step of this device and says which one it was. */
export async function undoAndTell(vault: Vault): Promise<boolean> {
  const step = vault.undoStep();
  if (!step) return false;
  const result = await vault.undo();
  if (!result.ok) {
    showRefusal(result.refusal);
    return false;
  }
  showDone(i18next.t('ui:undo.done', { what: undoWhat(step) }));
  return true;
}

/** What undo would take back, in words. */
export const undoWhat = (step: { readonly op: string; readonly label: string }): string => {
  const op = i18next.t([`ui:undo.what.${step.op}`, 'ui:undo.what.edit']);
  return step.label ? i18next.t('ui:undo.labelled', { op, label: step.label }) : op;
};
