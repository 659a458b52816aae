/** The exchange place: what came, what goes, what is missing, what is in conflict. */
import { useEffect, useState, type ReactNode } from 'react';
import { Button, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import {
  IconArrowsExchange,
  IconFileExport,
  IconFileImport,
  IconFolderDown,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { FileRead, OpenedFile } from '../../../shared/host';
import { useIncoming } from '../../app/drop/incoming';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import type { Peer } from '../../store/exchangeStore';
import { Tone } from '../../ui/Tone';
import { ConflictPanel, WaitingPanel } from './Attention';
import { ExportDialog } from './ExportDialog';
import classes from './exchange.module.css';
import { FileHistory } from './FileHistory';
import { ImportManyDialog } from './folder/ImportManyDialog';
import { ImportDialog } from './ImportDialog';
import { PeerCards } from './PeerCards';
import { SitesTab } from './scoreboard/SitesTab';

type Open =
  | { readonly dialog: 'export'; readonly to?: string }
  | { readonly dialog: 'import'; readonly file?: OpenedFile }
  | { readonly dialog: 'many'; readonly files: readonly FileRead[] };

export function ExchangePlace() {
  const { t } = useTranslation();
  const vault = useVault();
  const query = new URLSearchParams(useSearch());
  const asked = (['import', 'export'] as const).find((dialog) => query.has(dialog));
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<Open | undefined>(asked && { dialog: asked });
  useIncomingFiles(open === undefined && vault.isWriter(), setOpen);
  const [tab, setTab] = useState<string | null>('overview');
  const close = () => {
    setOpen(undefined);
    if (asked) navigate(paths.exchange, { replace: true });
  };
  const peers = vault.exchange.peers().toSorted(byRoleAndName);
  const importing = () => setOpen({ dialog: 'import' });
  const exporting = (to?: string) => setOpen({ dialog: 'export', ...(to ? { to } : {}) });
  return (
    <div className={classes.page}>
      <Stack gap="md" pb="xl">
        <Head
          onImport={importing}
          onImportMany={() => setOpen({ dialog: 'many', files: [] })}
          onExport={() => exporting()}
        />
        <Sections tab={tab} onTab={setTab}>
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
        </Sections>
      </Stack>
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
      <ImportManyDialog
        opened={open?.dialog === 'many'}
        files={open?.dialog === 'many' ? open.files : []}
        onClose={close}
        onReturns={
          vault.device()?.role === 'hq'
            ? () => {
                close();
                setTab('sites');
              }
            : undefined
        }
      />
    </div>
  );
}

interface SectionsProps {
  readonly tab: string | null;
  readonly onTab: (tab: string | null) => void;
  readonly children: ReactNode;
}

/** Headquarters looks at all sites at once; a laptop has one or two others to look at. */
function Sections({ tab, onTab, children }: SectionsProps) {
  const { t } = useTranslation();
  if (useVault().device()?.role !== 'hq') return <Stack gap="md">{children}</Stack>;
  return (
    <Tabs value={tab} onChange={onTab} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="overview">{t('exchange:overview')}</Tabs.Tab>
        <Tabs.Tab value="sites">{t('scoreboard:title')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="overview">
        <Stack gap="md">{children}</Stack>
      </Tabs.Panel>
      <Tabs.Panel value="sites">
        <SitesTab />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Files dropped, pasted or opened from outside: one is shown by itself, several together. */
function useIncomingFiles(free: boolean, show: (open: Open) => void): void {
  const files = useIncoming((state) => state.files);
  const take = useIncoming((state) => state.take);
  useEffect(() => {
    if (!free || !files.length) return;
    const taken = take();
    const [only] = taken;
    if (taken.length === 1 && only?.read.ok) {
      show({ dialog: 'import', file: { name: only.name, bytes: only.read.value } });
    } else if (taken.length) show({ dialog: 'many', files: taken });
  }, [free, files, take, show]);
}

/** Headquarters first. */
const byRoleAndName = (a: Peer, b: Peer): number =>
  a.role === b.role ? a.name.localeCompare(b.name) : a.role === 'hq' ? -1 : 1;

interface Actions {
  readonly onImport: () => void;
  readonly onExport: () => void;
}

function Head({
  onImport,
  onImportMany,
  onExport,
}: Actions & { readonly onImportMany: () => void }) {
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
          variant="default"
          disabled={readOnly}
          leftSection={<IconFolderDown size={16} aria-hidden />}
          onClick={onImportMany}
        >
          {t('folder:button')}
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
