/** The exchange place: what came, what goes, what is missing, what is in conflict. */
import { useState, type DragEvent } from 'react';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowsExchange, IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { OpenedFile } from '../../../shared/host';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import type { Peer } from '../../store/exchangeStore';
import { Tone } from '../../ui/Tone';
import { ConflictPanel, WaitingPanel } from './Attention';
import { ExportDialog } from './ExportDialog';
import classes from './exchange.module.css';
import { FileHistory } from './FileHistory';
import { ImportDialog } from './ImportDialog';
import { PeerCards } from './PeerCards';
import { fileOf } from './useImport';

type Open =
  | { readonly dialog: 'export'; readonly to?: string }
  | { readonly dialog: 'import'; readonly file?: OpenedFile };

export function ExchangePlace() {
  const { t } = useTranslation();
  const vault = useVault();
  const query = new URLSearchParams(useSearch());
  const asked = (['import', 'export'] as const).find((dialog) => query.has(dialog));
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<Open | undefined>(asked && { dialog: asked });
  // An open dialogue has a drop zone of its own, and its events come through here.
  const drop = useDrop(open === undefined && vault.isWriter(), (file) =>
    setOpen({ dialog: 'import', file }),
  );
  const close = () => {
    setOpen(undefined);
    if (asked) navigate(paths.exchange, { replace: true });
  };
  const peers = vault.exchange.peers().toSorted(byRoleAndName);
  const importing = () => setOpen({ dialog: 'import' });
  const exporting = (to?: string) => setOpen({ dialog: 'export', ...(to ? { to } : {}) });
  return (
    <div className={classes.page} {...drop.handlers}>
      <Stack gap="md" pb="xl">
        <Head onImport={importing} onExport={() => exporting()} />
        {peers.length === 0 ? (
          <NoPeers onImport={importing} onExport={() => exporting()} />
        ) : (
          <section aria-label={t('exchange:peers.title')}>
            <PeerCards peers={peers} onExport={(peer) => exporting(peer.replica)} />
          </section>
        )}
        <div className={classes.columns}>
          <WaitingPanel />
          <ConflictPanel />
        </div>
        <FileHistory />
      </Stack>
      {drop.over && <div className={classes.dropVeil}>{t('exchange:drop')}</div>}
      <ExportDialog
        opened={open?.dialog === 'export'}
        to={open?.dialog === 'export' ? open.to : undefined}
        onClose={close}
      />
      <ImportDialog
        opened={open?.dialog === 'import'}
        file={open?.dialog === 'import' ? open.file : undefined}
        onClose={close}
        onSendBack={exporting}
      />
    </div>
  );
}

/** Headquarters first. */
const byRoleAndName = (a: Peer, b: Peer): number =>
  a.role === b.role ? a.name.localeCompare(b.name) : a.role === 'hq' ? -1 : 1;

interface Actions {
  readonly onImport: () => void;
  readonly onExport: () => void;
}

function Head({ onImport, onExport }: Actions) {
  const { t } = useTranslation();
  const vault = useVault();
  const readOnly = !vault.isWriter();
  const undelivered = vault.exchange.peers().length ? vault.exchange.undelivered() : 0;
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap">
      <div>
        <Group gap="sm">
          <Title order={1} size="h3">
            {t('exchange:title')}
          </Title>
          {undelivered > 0 && (
            <Tone tone="warn">{t('exchange:undelivered', { count: undelivered })}</Tone>
          )}
        </Group>
        <Text size="sm" c="dimmed" maw={640}>
          {t('exchange:lead')}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button
          size="sm"
          variant="default"
          disabled={readOnly}
          leftSection={<IconFileImport size={16} aria-hidden />}
          onClick={onImport}
        >
          {t('exchange:import')}
        </Button>
        <Button
          size="sm"
          disabled={readOnly}
          leftSection={<IconFileExport size={16} aria-hidden />}
          onClick={onExport}
        >
          {t('exchange:export')}
        </Button>
      </Group>
    </Group>
  );
}

function NoPeers({ onImport, onExport }: Actions) {
  const { t } = useTranslation();
  const role = useVault().device()?.role ?? 'site';
  return (
    <section className={classes.panel}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <IconArrowsExchange size={28} stroke={1.4} aria-hidden />
        <Stack gap="xs">
          <Title order={2} size="h5">
            {t(`exchange:empty.${role}.title`)}
          </Title>
          <Text size="sm" c="dimmed" maw={620}>
            {t(`exchange:empty.${role}.text`)}
          </Text>
          <div>
            <Button variant="light" size="sm" onClick={role === 'hq' ? onExport : onImport}>
              {t(role === 'hq' ? 'exchange:export' : 'exchange:import')}
            </Button>
          </div>
        </Stack>
      </Group>
    </section>
  );
}

/** Files dropped anywhere on the page. */
function useDrop(enabled: boolean, onFile: (file: OpenedFile) => void) {
  const [over, setOver] = useState(false);
  const withFiles = (event: DragEvent) => enabled && event.dataTransfer.types.includes('Files');
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!withFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event: DragEvent) => {
        if (!withFiles(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) void fileOf(file).then(onFile);
      },
    },
  };
}
