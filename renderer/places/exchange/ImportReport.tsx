/** The dry run: what applying the file would do, before anything is done. */
import { useState } from 'react';
import { Button, Group, ScrollArea, Stack, Tabs, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bringsNothing, type ImportPlan } from '../../../shared/exchange/plan';
import type { Outcome } from '../../../shared/exchange/recordReport';
import type { Refusal } from '../../../shared/result';
import { useVault } from '../../app/vaultContext';
import type { ReadyImport } from '../../exchange/importFile';
import { localTime } from '../../ui/times';
import { Tone } from '../../ui/Tone';
import { deviceName } from './deviceNames';
import { MissingTab, UnreadTab } from './MissingTab';
import { RefusalNote } from './RefusalNote';
import { ReportNotes } from './ReportNotes';
import { ReportRecords } from './ReportRecords';

interface ImportReportProps {
  readonly ready: ReadyImport;
  readonly refusal: Refusal | undefined;
  readonly onApply: () => void;
  readonly onClose: () => void;
}

const RECORD_TABS = ['conflicting', 'new', 'changed', 'deleted'] as const;
const TABS = [...RECORD_TABS, 'missing', 'unread'] as const;
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
    unread: Object.values(unknownKinds).reduce((sum, count) => sum + count, 0),
  };
}

export function ImportReport({ ready, refusal, onApply, onClose }: ImportReportProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const { plan } = ready;
  const counts = countsOf(plan);
  const tabs = TABS.filter((tab) => tab !== 'unread' || counts.unread > 0);
  const [tab, setTab] = useState<string | null>(tabs.find((each) => counts[each] > 0) ?? 'new');
  const nothing = bringsNothing(plan, vault.exchange.waiting().length);
  const useless = nothing && (plan.own || ready.before !== undefined);
  return (
    <Stack gap="sm">
      <ReportHead ready={ready} />
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
              <ReportRecords plan={plan} outcome={each satisfies Outcome} />
            </Scroll>
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="missing">
          <Scroll>
            <MissingTab plan={plan} />
          </Scroll>
        </Tabs.Panel>
        <Tabs.Panel value="unread">
          <Scroll>
            <UnreadTab plan={plan} />
          </Scroll>
        </Tabs.Panel>
      </Tabs>
      <Group justify="flex-end">
        <Button variant="default" size="sm" onClick={onClose}>
          {t(useless ? 'exchange:close' : 'exchange:in.discard')}
        </Button>
        {!useless && (
          <Button size="sm" onClick={onApply} data-autofocus>
            {t(applyLabel(plan, nothing))}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const applyLabel = (plan: ImportPlan, nothing: boolean) =>
  plan.changes.length ? 'exchange:in.apply' : nothing ? 'exchange:in.note' : 'exchange:in.keep';

function toneOf(tab: Tab, count: number): 'neutral' | 'info' | 'warn' | 'bad' {
  if (count === 0) return 'neutral';
  if (tab === 'conflicting') return 'bad';
  return tab === 'missing' || tab === 'deleted' ? 'warn' : 'info';
}

const Scroll = ({ children }: { readonly children: React.ReactNode }) => (
  <ScrollArea.Autosize mah={340} type="auto" offsetScrollbars pt="xs">
    {children}
  </ScrollArea.Autosize>
);

function ReportHead({ ready }: { readonly ready: ReadyImport }) {
  const { t } = useTranslation();
  const vault = useVault();
  const { plan } = ready;
  const { manifest } = plan;
  const here = deviceName(vault, manifest.from.replica, t);
  const name = manifest.from.name || here;
  const { number } = manifest.chain;
  const fresh = plan.changes.length - plan.drained;
  return (
    <div>
      <Group gap="xs">
        <Text fw={600}>
          {number > 0
            ? t('exchange:in.from', { name, number })
            : t('exchange:in.fromNew', { name })}
        </Text>
        <Tone tone="neutral">{t(`exchange:type.${manifest.type}`)}</Tone>
        <Text size="sm" c="dimmed">
          {t('exchange:in.written', { when: localTime(manifest.createdAt) })}
        </Text>
      </Group>
      <Text size="sm">
        {fresh > 0 ? t('exchange:in.lead', { count: fresh }) : leadOfNothing(plan, t)}{' '}
        {plan.drained > 0 && t('exchange:in.drained', { count: plan.drained })}
      </Text>
    </div>
  );
}

/** Nothing can be applied: because all of it is here, or because all of it waits. */
const leadOfNothing = (plan: ImportPlan, t: ReturnType<typeof useTranslation>['t']): string =>
  plan.gaps.length ? '' : t('exchange:in.leadNone');
