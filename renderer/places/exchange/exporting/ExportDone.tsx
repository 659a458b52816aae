/** After writing: where it is, what is in it, for whom, which number it has, and what to do next. */
import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../ui/labels';
import type { ExchangeEntry } from '../../../store/exchangeStore';
import { useVault } from '../../../app/vaultContext';
import { deviceName, listText, sizeText } from '../deviceNames';
import classes from '../exchange.module.css';
import type { ExportChoice } from './choices';

interface ExportDoneProps {
  readonly entry: ExchangeEntry;
  readonly choice: ExportChoice;
  readonly onClose: () => void;
}

export function ExportDone({ entry, choice, onClose }: ExportDoneProps) {
  const { t, i18n } = useTranslation();
  const facts = useFacts(entry, choice);
  return (
    <Stack gap="sm">
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t('exchange:out.done')}>
        <span className={classes.fileName}>{entry.name}</span>{' '}
        <Text span size="sm" c="dimmed">
          {sizeText(entry.bytes, i18n.language)}
        </Text>
      </Alert>
      <dl className={classes.facts}>
        {facts.map(([name, text]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {choice.sort !== 'devices' && <Passphrase passphrase={choice.passphrase} />}
      <Text size="sm">{t(nextKey(choice))}</Text>
      <Group justify="flex-end">
        <Button size="sm" onClick={onClose} data-autofocus>
          {t('exchange:close')}
        </Button>
      </Group>
    </Stack>
  );
}

const nextKey = (choice: ExportChoice): string =>
  choice.sort === 'devices'
    ? choice.encrypted
      ? 'exchange:out.next.devices'
      : 'exchange:out.next.clear'
    : choice.sort === 'passphrase'
      ? 'exchange:out.next.passphrase'
      : 'exchange:out.next.extract';

function useFacts(
  entry: ExchangeEntry,
  choice: ExportChoice,
): readonly (readonly [name: string, text: string])[] {
  const { t, i18n } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const attachments = entry.attachments
    ? [t('exchange:out.fact.attachments', { count: entry.attachments })]
    : [];
  const inside =
    choice.sort === 'extract'
      ? [t('exchange:out.fact.records', { count: entry.changes })]
      : entry.type === 'receipt'
        ? [t('exchange:type.receipt')]
        : [
            ...(entry.type === 'snapshot' ? [t('exchange:type.snapshot')] : []),
            t('exchange:out.fact.changes', { count: entry.changes }),
          ];
  const whom =
    choice.sort === 'devices'
      ? choice.receivers.map(({ certificate }) => certificate.name)
      : choice.sort === 'passphrase'
        ? [choice.peer ? deviceName(vault, choice.peer.replica, t) : t('exchange:out.newLaptop')]
        : [t('exchange:out.sort.extract')];
  const list = (parts: readonly string[]) => listText(parts, i18n.language);
  return [
    [t('exchange:out.fact.inside'), list([...inside, ...attachments])],
    ...(choice.sort === 'extract' && choice.scope.kinds
      ? [[t('exchange:out.kinds'), list(choice.scope.kinds.map((k) => labels.plural(k)))] as const]
      : []),
    [t('exchange:out.fact.for'), list(whom)],
    [
      t('exchange:out.fact.number'),
      entry.number > 0
        ? t('exchange:out.fact.numbered', { number: entry.number })
        : t('exchange:out.fact.unnumbered'),
    ],
    [t('exchange:out.fact.opens'), t(`exchange:out.fact.seal.${entry.seal ?? 'passphrase'}`)],
  ];
}

function Passphrase({ passphrase }: { readonly passphrase: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t('exchange:out.doneCopy')}
      </Text>
      <span className={classes.fileName}>{passphrase}</span>
      <CopyButton value={passphrase}>
        {({ copied, copy }) => (
          <Button size="compact-xs" variant="default" onClick={copy}>
            {t(copied ? 'exchange:out.copied' : 'exchange:out.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
