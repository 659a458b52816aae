/** Who belongs to the organisation: the roster on every device, and on headquarters what changes it. */
import { useMemo, useState } from 'react';
import { Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconFileImport, IconKey, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { deviceOf } from '../../../../shared/trust/device';
import { showRefusal } from '../../../app/notices';
import { useNow } from '../../../app/useNow';
import { useHost, useVault } from '../../../app/vaultContext';
import { replicaOf } from '../../../exchange/enrol';
import { EXTENSION } from '../../../exchange/exportFile';
import type { Sort } from '../../../ui/PlainTable';
import { TableFile } from '../../../ui/TableFile';
import { localDay } from '../../../ui/times';
import { AnswerSteps } from './AnswerSteps';
import { csvLines, searchRows, sortRows, type Column } from './deviceColumns';
import { DevicePanel, type DeviceAct } from './DevicePanel';
import { deviceRows, type DeviceRow } from './deviceRows';
import { DeviceTable } from './DeviceTable';
import classes from './devices.module.css';
import { tookRequest } from './enrolling';
import { OrganisationHead } from './OrganisationHead';
import { RegrantDialog } from './RegrantDialog';
import { RevokeDialog } from './RevokeDialog';
import { sentences } from '../../../ui/sentences';

const MINUTE = 60_000;

interface DevicesScreenProps {
  readonly onRecover: () => void;
  readonly onNewKey: () => void;
}

export function DevicesScreen({ onRecover, onNewKey }: DevicesScreenProps) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const now = useNow(MINUTE);
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Sort<Column>>({ column: 'name', down: false });
  const [openId, setOpenId] = useState<string>();
  const [act, setAct] = useState<DeviceAct>();
  const hq = vault.trust.certificate()?.role === 'hq';
  const version = vault.version();
  const rows = useMemo(
    () =>
      deviceRows({
        roster: vault.trust.roster(),
        peers: vault.exchange.peers(),
        have: vault.projection.have(),
        self: deviceOf(vault.device()?.replica ?? ''),
        now,
      }),
    // The vault stays the same object; its version tells of every change.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [vault, version, now],
  );
  const shown = sortRows(searchRows(rows, search, t), sort, i18n.language);
  const row = rows.find(({ device }) => device === openId);
  const close = () => setAct(undefined);

  return (
    <Stack gap="md" pb="xl">
      <OrganisationHead onNewKey={onNewKey} />
      <Group justify="space-between" className={classes.screenOnly ?? ''}>
        <Group gap="sm">
          <TextInput
            size="sm"
            type="search"
            w={260}
            aria-label={t('devices:search')}
            placeholder={t('devices:search')}
            leftSection={<IconSearch size={15} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed" role="status">
            {shown.length === rows.length
              ? t('devices:count', { count: rows.length })
              : t('devices:countOf', { count: shown.length, total: rows.length })}
          </Text>
        </Group>
        <Tools rows={shown} hq={hq} />
      </Group>
      {shown.length ? (
        <DeviceTable rows={shown} now={now} sort={sort} onSort={setSort} onOpen={setOpenId} />
      ) : (
        <Text size="sm" c="dimmed" py="md" role="status">
          {t('devices:nothingFound')}
        </Text>
      )}
      {hq && rows.length === 1 && (
        <section className={classes.panel}>
          <Title order={2} size="h5">
            {t('devices:empty.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('devices:empty.text')}
          </Text>
        </section>
      )}
      <Foot hq={hq} onRecover={onRecover} />
      <DevicePanel
        row={act ? undefined : row}
        onAct={setAct}
        onClose={() => setOpenId(undefined)}
      />
      <RegrantDialog
        certificate={act === 'regrant' ? row?.certificate : undefined}
        onClose={close}
      />
      <RevokeDialog
        row={act === 'revoke' || act === 'replace' ? row : undefined}
        replacing={act === 'replace'}
        onClose={close}
      />
      <AnswerDialog row={act === 'answer' ? row : undefined} onClose={close} />
    </Stack>
  );
}

function Tools({ rows, hq }: { readonly rows: readonly DeviceRow[]; readonly hq: boolean }) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();

  async function open(): Promise<void> {
    const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
    const opened = await host.openFiles({ filters, multiple: false });
    if (!opened.ok) return showRefusal(opened.refusal);
    const [file] = opened.value;
    if (file && !tookRequest(file)) showRefusal({ code: 'trust.noRequest' });
  }

  return (
    <Group gap="xs">
      <TableFile
        name={() => `${t('devices:csvName')}-${localDay(Date.now())}`}
        lines={() => csvLines(rows, t)}
      />
      {hq && (
        <Button
          size="sm"
          disabled={!vault.isWriter()}
          leftSection={<IconFileImport size={16} aria-hidden />}
          onClick={() => void open()}
        >
          {t('devices:openRequest')}
        </Button>
      )}
    </Group>
  );
}

/** Why somebody cannot change anything here, and the way out when headquarters is gone. */
function Foot({ hq, onRecover }: { readonly hq: boolean; readonly onRecover: () => void }) {
  const { t, i18n } = useTranslation();
  if (hq) return null;
  return (
    <Group justify="space-between" className={classes.screenOnly ?? ''} wrap="nowrap">
      <Text size="sm" c="dimmed">
        {sentences(i18n.language, t('devices:readOnly'), t('devices:recover.ask'))}
      </Text>
      <Button
        size="xs"
        variant="default"
        flex="none"
        leftSection={<IconKey size={15} aria-hidden />}
        onClick={onRecover}
      >
        {t('devices:recover.link')}
      </Button>
    </Group>
  );
}

interface AnswerDialogProps {
  readonly row: DeviceRow | undefined;
  readonly onClose: () => void;
}

function AnswerDialog({ row, onClose }: AnswerDialogProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const certificate = row?.certificate;
  return (
    <Modal
      opened={certificate !== undefined}
      onClose={onClose}
      title={t('devices:act.answer')}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {certificate && (
        <AnswerSteps
          replica={replicaOf(vault, certificate)}
          certificate={certificate}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
