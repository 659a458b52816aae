/** Approving a record with its parts, as one commit. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { kindOf, partsOf } from '../../../shared/kinds/registry';
import type { Edit } from '../../../shared/log/changeset';
import type { RecordState } from '../../../shared/log/record';
import { approvalEdit, approvedFields } from '../../../shared/review/approval';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import type { Vault } from '../../store/vault';
import { localDay } from '../times';

/** The edit that puts down what is approved, for a commit that sets the status by itself. */
export function approvalBy(vault: Vault, record: RecordState): Edit {
  return approvalEdit(vault.projection, partsOf, record, {
    by: vault.device()?.person ?? '',
    at: Date.now(),
    newId: () => vault.newId(),
  });
}

export function useApprove(): (record: RecordState) => Promise<boolean> {
  const { t } = useTranslation();
  const vault = useVault();
  const commit = useCommit();
  return useCallback(
    (record) => {
      const kind = kindOf(record.kind);
      const by = vault.device()?.person ?? '';
      const fields = kind ? approvedFields(kind, by, localDay(Date.now())) : {};
      return commit(
        [{ do: 'set', id: record.id, fields }, approvalBy(vault, record)],
        { op: 'approve' },
        t('review:approval.done'),
      );
    },
    [vault, commit, t],
  );
}
