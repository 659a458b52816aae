/** After applying: what came of it, and the file back that confirms it. */
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import type { ReadyImport } from '../../../exchange/importFile';
import type { ExchangeEntry } from '../../../store/exchangeStore';
import { RecordLink } from '../../../ui/RecordLink';
import { deviceName, listText, sizeText } from '../deviceNames';
import classes from '../exchange.module.css';

interface ImportDoneProps {
  readonly ready: ReadyImport;
  readonly entry: ExchangeEntry;
  readonly onClose: () => void;
  readonly onSendBack: (replica: string) => void;
}

const SHOWN = 10;
const PARTS = ['new', 'changed', 'deleted', 'conflicting', 'waiting', 'quarantined'] as const;

const titleOf = ({ plan }: ReadyImport, entry: ExchangeEntry) =>
  entry.changes || entry.attachments
    ? 'exchange:in.applied'
    : plan.held.length
      ? 'exchange:in.kept'
      : 'exchange:in.appliedNothing';

export function ImportDone({ ready, entry, onClose, onSendBack }: ImportDoneProps) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const conflicts = ready.plan.dryRun.items.filter((item) => item.outcome === 'conflicting');
  const count = entry.report?.conflicting ?? 0;
  const missing = vault.blobs.missing().length;
  const parts = [
    ...PARTS.filter((part) => (entry.report?.[part] ?? 0) > 0).map((part) =>
      t(`exchange:report.${part}`, { count: entry.report?.[part] ?? 0 }),
    ),
    ...(entry.attachments
      ? [
          t('exchange:report.attachments', {
            count: entry.attachments,
            size: sizeText(entry.attachmentBytes ?? 0, i18n.language),
          }),
        ]
      : []),
  ];
  // Nothing is written for a revoked device.
  const answered = entry.peer !== undefined && ready.plan.sender !== 'revoked';
  return (
    <Stack gap="sm">
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t(titleOf(ready, entry))}>
        {listText(parts, i18n.language) || t('exchange:report.nothing')}
      </Alert>
      {missing > 0 && (
        <Text size="sm">{t('exchange:in.attachmentsMissing', { count: missing })}</Text>
      )}
      {count > 0 && (
        <div>
          <Text size="sm">{t('exchange:in.resolve', { count })}</Text>
          <ul className={classes.rows}>
            {conflicts.slice(0, SHOWN).map((item) => (
              <li key={item.id}>
                <RecordLink id={item.id} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {answered ? t('exchange:in.sendBackHelp') : ''}
        </Text>
        <Group gap="xs">
          {answered && entry.peer && (
            <Button variant="default" size="sm" onClick={() => onSendBack(entry.peer ?? '')}>
              {t('exchange:in.sendBack', { name: deviceName(vault, entry.peer, t) })}
            </Button>
          )}
          <Button size="sm" onClick={onClose} data-autofocus>
            {t('exchange:close')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
