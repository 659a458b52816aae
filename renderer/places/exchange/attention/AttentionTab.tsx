/** Whatever needs somebody's eye: gaps, distrust, decisions, kept files, attachments not here yet. */
import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import { useVault } from '../../../app/vaultContext';
import { MissingAttachments } from '../../../attachments/MissingAttachments';
import classes from '../exchange.module.css';
import { attentionLines } from './attentionLines';
import { Decisions } from './Decisions';
import { HeldFilesPanel } from './HeldFilesPanel';
import { QuarantinePanel } from './QuarantinePanel';
import { WaitingPanel } from './WaitingPanel';

interface AttentionTabProps {
  readonly onImport: (file: OpenedFile, applied: () => void) => void;
}

export function AttentionTab({ onImport }: AttentionTabProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const missing = vault.blobs.missing().length;
  const quiet = attentionLines(vault).length === 0 && missing === 0;
  return (
    <Stack gap="md">
      <QuarantinePanel />
      <WaitingPanel />
      <Decisions quiet={quiet} />
      <HeldFilesPanel onImport={onImport} />
      {missing > 0 && (
        <section className={classes.panel} aria-labelledby="exchange-attachments">
          <Title order={2} size="h5" id="exchange-attachments" mb={6}>
            {t('exchange:attention.attachments', { count: missing })}
          </Title>
          <Text size="sm" c="dimmed" mb={6}>
            {t('exchange:attention.attachmentsHelp')}
          </Text>
          <MissingAttachments />
        </section>
      )}
    </Stack>
  );
}
