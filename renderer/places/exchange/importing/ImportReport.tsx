/** The dry run: what applying the file would do, before anything is done. */
import { useState, type ReactNode } from 'react';
import { Button, ScrollArea, Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bringsNothing, type ImportPlan } from '../../../../shared/exchange/plan';
import type { Outcome } from '../../../../shared/exchange/recordReport';
import type { Refusal } from '../../../../shared/result';
import { useVault } from '../../../app/vaultContext';
import { arrivingIn } from '../../../exchange/arrivingIn';
import type { ReadyImport } from '../../../exchange/importFile';
import { DialogFoot } from '../../../ui/DialogFoot';
import { Tone } from '../../../ui/Tone';
import { EnrolmentWelcome } from '../devices/EnrolmentWelcome';
import { RefusalNote } from '../RefusalNote';
import { HeldTab } from './HeldTab';
import { MissingTab, UnreadTab } from './MissingTab';
import { ReportHead } from './ReportHead';
import { ReportNotes } from './ReportNotes';
import { ReportRecords } from './ReportRecords';

interface ImportReportProps {
  readonly ready: ReadyImport;
  readonly refusal: Refusal | undefined;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

const RECORD_TABS = ['conflicting', 'new', 'changed', 'deleted'] as const;
const TABS = [...RECORD_TABS, 'missing', 'held', 'unread'] as const;
type Tab = (typeof TABS)[number];

function countsOf(plan: ImportPlan): Readonly<Record<Tab, number>> {
  const { records, relations, unknownKinds } = plan.dryRun;
  const files = plan.missingFiles ? plan.missingFiles.to - plan.missingFiles.from + 1 : 0;
  return {
    conflicting: records.conflicting + relations.conflicting,
    new: records.new,
    changed: records.changed,
    deleted: records.deleted,
    missing: plan.gaps.length || files,
    held: plan.quarantined,
    unread: Object.values(unknownKinds).reduce((sum, count) => sum + count, 0),
  };
}

/** Tabs that are there only when there is something in them. */
const RARE: ReadonlySet<Tab> = new Set(['held', 'unread']);

export function ImportReport({ ready, refusal, onApply, onClose }: ImportReportProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const { plan } = ready;
  const counts = countsOf(plan);
  const tabs = TABS.filter((tab) => !RARE.has(tab) || counts[tab] > 0);
  const [tab, setTab] = useState<string | null>(tabs.find((each) => counts[each] > 0) ?? 'new');
  const nothing =
    bringsNothing(plan, vault.exchange.waiting().length) && arrivingIn(vault, plan).count === 0;
  const useless = nothing && (plan.own || ready.before !== undefined);
  return (
    <Stack gap="sm">
      <ReportHead ready={ready} />
      <EnrolmentWelcome plan={plan} />
      <ReportNotes ready={ready} />
      <RefusalNote refusal={refusal} />
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          {tabs.map((each) => (
            <Tabs.Tab
              key={each}
              value={each}
              rightSection={<Tone tone={toneOf(each, counts[each])}>{String(counts[each])}</Tone>}
            >
              {t(`exchange:in.tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {RECORD_TABS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <Scroll>
              <ReportRecords
                dryRun={plan.dryRun}
                sender={plan.manifest.from}
                outcome={each satisfies Outcome}
              />
            </Scroll>
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="missing">
          <Scroll>
            <MissingTab plan={plan} />
          </Scroll>
        </Tabs.Panel>
        <Tabs.Panel value="held">
          <Scroll>
            <HeldTab ready={ready} />
          </Scroll>
        </Tabs.Panel>
        <Tabs.Panel value="unread">
          <Scroll>
            <UnreadTab plan={plan} />
          </Scroll>
        </Tabs.Panel>
      </Tabs>
      <DialogFoot>
        <Button variant="default" size="sm" onClick={onClose}>
          {t(useless ? 'exchange:close' : 'exchange:in.discard')}
        </Button>
        {!useless && (
          // Whoever joins has words to compare first, and is not to join by pressing Enter twice.
          <Button size="sm" onClick={onApply} {...(plan.enrols ? {} : { 'data-autofocus': true })}>
            {t(applyLabel(plan, nothing))}
          </Button>
        )}
      </DialogFoot>
    </Stack>
  );
}

const applyLabel = (plan: ImportPlan, nothing: boolean) =>
  plan.enrols
    ? 'exchange:in.join'
    : plan.changes.length
      ? 'exchange:in.apply'
      : nothing
        ? 'exchange:in.note'
        : plan.gaps.length
          ? 'exchange:in.keep'
          : 'exchange:in.take';

function toneOf(tab: Tab, count: number): 'neutral' | 'info' | 'warn' | 'bad' {
  if (count === 0) return 'neutral';
  if (tab === 'conflicting') return 'bad';
  return tab === 'missing' || tab === 'deleted' || tab === 'held' ? 'warn' : 'info';
}

const Scroll = ({ children }: { readonly children: ReactNode }) => (
  <ScrollArea.Autosize mah={340} type="auto" offsetScrollbars pt="xs">
    {children}
  </ScrollArea.Autosize>
);
