/** What held changes would do, worked out and not done. */
import { useEffect, useState } from 'react';
import { Loader, ScrollArea, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dryRun, type DryRun } from '../../../../shared/exchange/recordReport';
import { kindOf } from '../../../../shared/kinds/registry';
import { useVault } from '../../../app/vaultContext';
import { openInbox } from '../../../exchange/engine';
import type { Vault } from '../../../store/vault';
import { ReportRecords } from '../importing/ReportRecords';
import type { HeldGroup } from './heldGroups';

const CAP = 100;
const OUTCOMES = ['conflicting', 'new', 'changed', 'deleted'] as const;

interface Looked {
  readonly run: DryRun;
  /** Segments that cannot be read any more, such as ones whose signature is another's. */
  readonly unread: number;
}

async function look(vault: Vault, items: HeldGroup['items']): Promise<Looked> {
  const segments = items.map(({ segment }) => segment);
  const open = await openInbox(segments, vault.trust.context());
  const changes = open.flatMap((each) => each.changes);
  const run = dryRun(changes, vault.projection, kindOf, CAP);
  return { run, unread: segments.length - open.length };
}

export function HeldContent({ group }: { readonly group: HeldGroup }) {
  const { t } = useTranslation();
  const vault = useVault();
  const [looked, setLooked] = useState<Looked>();
  const { items } = group;
  useEffect(() => {
    let live = true;
    void look(vault, items).then((found) => live && setLooked(found));
    return () => {
      live = false;
    };
  }, [vault, items]);
  if (!looked)
    return <Loader size="sm" type="dots" aria-label={t('exchange:quarantine.looking')} />;
  const { run, unread } = looked;
  const there = OUTCOMES.filter((each) => run.records[each] + run.relations[each] > 0);
  return (
    <ScrollArea.Autosize mah={360} type="auto" offsetScrollbars pt="xs">
      {there.map((outcome) => (
        <div key={outcome}>
          <Text size="sm" fw={600} mt={6}>
            {t(`exchange:in.tabs.${outcome}`)} {run.records[outcome]}
          </Text>
          <ReportRecords dryRun={run} outcome={outcome} />
        </div>
      ))}
      {there.length === 0 && <Text size="sm">{t('exchange:quarantine.changesNothing')}</Text>}
      {unread > 0 && <Text size="sm">{t('exchange:quarantine.unread', { count: unread })}</Text>}
    </ScrollArea.Autosize>
  );
}
