/** The exchange place: what came, what goes, what is missing, what needs somebody's eye. */
import { useEffect, useState } from 'react';
import { Stack } from '@mantine/core';
import { useLocation, useParams, useSearch } from 'wouter';
import type { FileRead, OpenedFile } from '../../../shared/host';
import { useIncoming } from '../../app/drop/incoming';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import type { ExportContent } from '../../exchange/exportFile';
import { AttentionTab } from './attention/AttentionTab';
import classes from './exchange.module.css';
import { ExchangeTabs, type ExchangeTab } from './ExchangeTabs';
import { ExtractPlace } from './extract/ExtractPlace';
import { FileHistory } from './FileHistory';
import { ImportManyDialog } from './folder/ImportManyDialog';
import { ImportDialog } from './importing/ImportDialog';
import { ExportDialog } from './exporting/ExportDialog';
import { Overview } from './Overview';
import { CompareDialog } from './peer/CompareDialog';
import { PeerDetails } from './peer/PeerDetails';
import { PlaceHead } from './PlaceHead';
import { SitesTab } from './scoreboard/SitesTab';

type Open =
  | { readonly dialog: 'export'; readonly to?: string; readonly content?: ExportContent }
  | { readonly dialog: 'import'; readonly file?: OpenedFile; readonly applied?: () => void }
  | { readonly dialog: 'many'; readonly files: readonly FileRead[] }
  | { readonly dialog: 'compare' };

const TABS: readonly ExchangeTab[] = ['attention', 'files', 'sites'];

export function ExchangePlace() {
  return useVault().device()?.outsider ? <ExtractPlace /> : <OwnPlace />;
}

function OwnPlace() {
  const vault = useVault();
  const query = new URLSearchParams(useSearch());
  const asked = (['import', 'export'] as const).find((dialog) => query.has(dialog));
  const [, navigate] = useLocation();
  const { tab: address } = useParams<{ tab?: string }>();
  const tab = TABS.find((each) => each === address) ?? 'overview';
  const hq = vault.device()?.role === 'hq';
  const [open, setOpen] = useState<Open | undefined>(asked && { dialog: asked });
  const [looking, setLooking] = useState<string>();
  useIncomingFiles(open === undefined && vault.isWriter(), setOpen);
  const close = () => {
    setOpen(undefined);
    if (asked) navigate(paths.exchange, { replace: true });
  };
  const importing = () => setOpen({ dialog: 'import' });
  const exporting = (to?: string, content?: ExportContent) =>
    setOpen({ dialog: 'export', ...(to ? { to } : {}), ...(content ? { content } : {}) });
  const peer = vault.exchange.peers().find(({ replica }) => replica === looking);
  return (
    <div className={classes.page}>
      <Stack gap="md" pb="xl">
        <ExchangeTabs current={tab} />
        <PlaceHead
          onImport={importing}
          onImportMany={() => setOpen({ dialog: 'many', files: [] })}
          onExport={() => exporting()}
        />
        {tab === 'overview' && (
          <Overview
            onImport={importing}
            onExport={exporting}
            onDetails={({ replica }) => setLooking(replica)}
            onCompare={() => setOpen({ dialog: 'compare' })}
          />
        )}
        {tab === 'attention' && (
          <AttentionTab
            onImport={(file, applied) => setOpen({ dialog: 'import', file, applied })}
          />
        )}
        {tab === 'files' && <FileHistory />}
        {tab === 'sites' && hq && <SitesTab />}
      </Stack>
      <PeerDetails
        peer={open ? undefined : peer}
        onClose={() => setLooking(undefined)}
        onExport={(content) => exporting(looking, content)}
        onCompare={() => setOpen({ dialog: 'compare' })}
      />
      <ExportDialog
        opened={open?.dialog === 'export'}
        to={open?.dialog === 'export' ? open.to : undefined}
        content={open?.dialog === 'export' ? open.content : undefined}
        onClose={close}
      />
      <ImportDialog
        opened={open?.dialog === 'import'}
        file={open?.dialog === 'import' ? open.file : undefined}
        onApplied={open?.dialog === 'import' ? open.applied : undefined}
        onClose={close}
        onSendBack={(replica) => exporting(replica)}
      />
      <ImportManyDialog
        opened={open?.dialog === 'many'}
        files={open?.dialog === 'many' ? open.files : []}
        onClose={close}
        onReturns={
          hq
            ? () => {
                close();
                navigate(paths.exchangeTab('sites'));
              }
            : undefined
        }
      />
      <CompareDialog opened={open?.dialog === 'compare'} onClose={close} />
    </div>
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
