/** A small button that attaches files to a record from a screen that is busy with something else. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordId } from '../../shared/log/change';
import { useVault } from '../app/vaultContext';
import { AddDialog } from './AddDialog';
import { usePickedFiles } from './usePickedFiles';

export function AttachButton({ of }: { readonly of: RecordId }) {
  const { t } = useTranslation();
  const { isWriter } = useVault();
  const { picked, choose, clear } = usePickedFiles(isWriter());
  return (
    <>
      <Tooltip label={t('attachments:attachHint')}>
        <ActionIcon
          size={28}
          variant="subtle"
          color="gray"
          disabled={!isWriter()}
          aria-label={t('attachments:attach')}
          onClick={() => void choose()}
        >
          <IconPaperclip size={16} />
        </ActionIcon>
      </Tooltip>
      <AddDialog of={of} files={picked} onClose={clear} />
    </>
  );
}
