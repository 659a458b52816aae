/** Comparing by voice what two devices have: four words, and when they differ, where. */
import { useState } from 'react';
import {
  Alert,
  Button,
  CopyButton,
  Group,
  Modal,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { seen } from '../../../../shared/log/vector';
import { printScreen } from '../../../app/notices';
import { useHost, useVault } from '../../../app/vaultContext';
import { deviceName } from '../deviceNames';
import { SpokenWords } from '../devices/SpokenWords';
import classes from '../exchange.module.css';
import { sameCode, useSpokenHave } from './spokenHave';

interface CompareDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function CompareDialog({ opened, onClose }: CompareDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('exchange:compare.title')}
      size={720}
      closeButtonProps={{ 'aria-label': t('exchange:close') }}
    >
      {opened && <Compare />}
    </Modal>
  );
}

function Compare() {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const have = vault.projection.have();
  const code = useSpokenHave(have);
  const onTheWay = vault.exchange.peers().length ? vault.exchange.undelivered() : 0;
  const [typed, setTyped] = useState('');
  const same = code && sameCode(typed, code);
  const text = code ? `${code.words.join(' ')} (${code.numbers.join(' ')})` : '';
  return (
    <Stack gap="md">
      <Text size="sm">{t('exchange:compare.lead')}</Text>
      <div>
        <Group justify="space-between" mb={6}>
          <Text size="sm" fw={600}>
            {t('exchange:compare.mine')}
          </Text>
          <Group gap="xs" className={classes.screenOnly ?? ''}>
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" onClick={copy}>
                  {t(copied ? 'exchange:compare.copied' : 'exchange:compare.copy')}
                </Button>
              )}
            </CopyButton>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconPrinter size={14} aria-hidden />}
              onClick={() => void printScreen(host)}
            >
              {t('exchange:compare.print')}
            </Button>
          </Group>
        </Group>
        <SpokenWords code={code} label={t('exchange:compare.mine')} />
        {onTheWay > 0 && (
          <Text size="sm" c="dimmed" mt={6}>
            {t('exchange:compare.onTheWay', { count: onTheWay })}
          </Text>
        )}
      </div>
      <TextInput
        size="sm"
        label={t('exchange:compare.theirs')}
        description={t('exchange:compare.theirsHelp')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      {same === true && (
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} role="status">
          {t('exchange:compare.same')}
        </Alert>
      )}
      {same === false && (
        <>
          <Alert color="orange" role="status">
            {t('exchange:compare.different')}
          </Alert>
          <Differences />
          <Text size="sm" c="dimmed">
            {t('exchange:compare.others')}
          </Text>
        </>
      )}
    </Stack>
  );
}

/** Every author with what is here of it; the other side reads out its counts. */
function Differences() {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const have = vault.projection.have();
  const [theirs, setTheirs] = useState<Readonly<Record<string, string>>>({});
  const rows = Object.keys(have)
    .map((replica) => ({ replica, name: deviceName(vault, replica, t) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, i18n.language));
  return (
    <Table verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('exchange:compare.author')}</Table.Th>
          <Table.Th>{t('exchange:compare.here')}</Table.Th>
          <Table.Th w={130}>{t('exchange:compare.there')}</Table.Th>
          <Table.Th>{t('exchange:compare.result')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ replica, name }) => {
          const mine = seen(have, replica);
          const typed = theirs[replica] ?? '';
          return (
            <Table.Tr key={replica}>
              <Table.Td>
                {name}{' '}
                <Text span size="xs" c="dimmed">
                  {replica}
                </Text>
              </Table.Td>
              <Table.Td className={classes.number ?? ''}>
                {mine.toLocaleString(i18n.language)}
              </Table.Td>
              <Table.Td>
                <TextInput
                  size="xs"
                  inputMode="numeric"
                  aria-label={t('exchange:compare.thereOf', { name })}
                  value={typed}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setTheirs((all) => ({ ...all, [replica]: value }));
                  }}
                />
              </Table.Td>
              <Table.Td>{verdict(mine, typed)}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );

  function verdict(mine: number, typed: string): string {
    const count = Number(typed.replaceAll(/[\s.,\u{2019}']/gu, ''));
    if (!typed.trim() || !Number.isSafeInteger(count)) return '';
    if (count === mine) return t('exchange:compare.equal');
    return count > mine
      ? t('exchange:compare.lackHere', { count: count - mine })
      : t('exchange:compare.lackThere', { count: mine - count });
  }
}
