/** Saves the bytes of an attachment where the person says, after holding them against their hash. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../shared/attachments/attachment';
import { cleanName } from '../../shared/attachments/fileNames';
import { showDone } from '../app/notices';
import { showRefusal } from '../app/useCommit';
import { useHost, useVault } from '../app/vaultContext';

export function useSaveAttachment(): (file: Attachment) => Promise<void> {
  const { t } = useTranslation();
  const { blobs } = useVault();
  const host = useHost();
  return useCallback(
    async (file) => {
      const blob = await blobs.get(file.sha256);
      // The card says by itself that the bytes turned out to be damaged.
      if (!blob) return;
      const saved = await host.saveFile({
        // The name may come from another device.
        name: cleanName(file.name, file.sha256.slice(0, 12)),
        filters: [],
        bytes: new Uint8Array(await blob.arrayBuffer()),
      });
      if (!saved.ok) showRefusal(saved.refusal);
      else if (saved.value) showDone(t('attachments:saved', { name: saved.value.name }));
    },
    [blobs, host, t],
  );
}
