/** Who changed what from what to what, when, on which device, and why. */
import { useState } from 'react';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { DELETED, type Value } from '../../../shared/log/change';
import type { FieldStep, HistoryEntry } from '../../../shared/log/history';
import { useVault } from '../../app/vaultContext';
import { formatValue } from '../formatValue';
import { RecordLink } from '../RecordLink';
import { titleIn } from '../recordTitle';
import { localTime } from '../times';
import { useFormat } from '../useFormat';
import { useHistory } from './useHistory';
import own from './record.module.css';
import classes from '../ui.module.css';

const FEW = 8;
const FEW_STEPS = 6;

interface HistoryPanelProps {
  readonly kind: KindDef;
  readonly id: string;
}

export function HistoryPanel({ kind, id }: HistoryPanelProps) {
  const { t } = useTranslation();
  const entries = useHistory(id);
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries?.slice(0, FEW);
  return (
    <section
      className={`${classes.panel} ${own.noPrint}`}
      aria-label={t('history:title')}
      aria-busy={!entries}
    >
      <Text component="h3" className={classes.panelTitle ?? ''} mb={8}>
        {t('history:title')}
      </Text>
      {!entries && <Loader size="xs" />}
      <Stack gap="sm">
        {shown?.map((entry) => (
          <Entry key={entry.dot} kind={kind} entry={entry} />
        ))}
      </Stack>
      {entries && entries.length > FEW && !all && (
        <Button mt="xs" size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('history:showAll', { count: entries.length })}
        </Button>
      )}
    </section>
  );
}

function Entry({ kind, entry }: { readonly kind: KindDef; readonly entry: HistoryEntry }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const [all, setAll] = useState(false);
  const steps =
    all || entry.steps.length <= FEW_STEPS + 1 ? entry.steps : entry.steps.slice(0, FEW_STEPS);
  const device = titleIn(projection, entry.replica);
  return (
    <article>
      <Group gap={6} mb={2}>
        <Text size="sm" fw={600}>
          {entry.by}
        </Text>
        <Text size="xs" c="dimmed">
          {localTime(entry.at)} · {t('history:onDevice', { device })}
        </Text>
      </Group>
      {entry.why && (
        <Text size="xs" c="dimmed" component="div">
          {t([`history:why.${entry.why.op}`, 'history:why.other'])}
          {entry.why.label ? ` · ${entry.why.label}` : ''}
          {entry.why.change && (
            <>
              {' · '}
              {t('history:underChange')} <RecordLink id={entry.why.change} />
            </>
          )}
          {entry.why.drill && (
            <>
              {' · '}
              {t('history:duringDrill')} <RecordLink id={entry.why.drill} />
            </>
          )}
        </Text>
      )}
      {steps.map((step) => (
        <Step key={step.field} kind={kind} step={step} />
      ))}
      {steps.length < entry.steps.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('history:moreFields', { count: entry.steps.length - steps.length })}
        </Button>
      )}
    </article>
  );
}

function Step({ kind, step }: { readonly kind: KindDef; readonly step: FieldStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (step.field === DELETED) {
    return <Text size="sm">{t(step.to === null ? 'history:restored' : 'history:deleted')}</Text>;
  }
  const field = kind.fields[step.field];
  const show = (value: Value) =>
    field?.type === 'json'
      ? t('history:kept')
      : formatValue(format, kind, step.field, value) || t('history:nothing');
  return (
    <div className={own.step}>
      <Text span size="xs" c="dimmed">
        {format.labels.field(kind.name, step.field)}
      </Text>
      <span>
        {step.from.map((value) => (
          <span key={JSON.stringify(value)}>
            <span className={own.old}>{show(value)}</span>
            {' → '}
          </span>
        ))}
        <span className={own.new}>{show(step.to)}</span>
      </span>
    </div>
  );
}
