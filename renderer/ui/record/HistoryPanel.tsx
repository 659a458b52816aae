/** Who changed what from what to what, when, on which device, and why. */
import { useState } from 'react';
import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { DELETED, type Value } from '../../../shared/log/change';
import type { FieldStep, HistoryEntry, RelationStep } from '../../../shared/log/history';
import { endOf } from '../../../shared/projection/references';
import { useVault } from '../../app/vaultContext';
import { formatValue } from '../formatValue';
import { useLabels } from '../labels';
import { RecordLink } from '../RecordLink';
import { titleIn } from '../recordTitle';
import { localTime } from '../times';
import { useFormat } from '../useFormat';
import { LostPastNote } from './LostPastNote';
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
          <Entry key={entry.dot} kind={kind} id={id} entry={entry} />
        ))}
      </Stack>
      {entries && <LostPastNote id={id} />}
      {entries && entries.length > FEW && !all && (
        <Button mt="xs" size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('history:showAll', { count: entries.length })}
        </Button>
      )}
    </section>
  );
}

interface EntryProps extends HistoryPanelProps {
  readonly entry: HistoryEntry;
}

function Entry({ kind, id, entry }: EntryProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const [all, setAll] = useState(false);
  const few = <T,>(steps: readonly T[]) =>
    all || steps.length <= FEW_STEPS + 1 ? steps : steps.slice(0, FEW_STEPS);
  const steps = few(entry.steps);
  const relations = few(entry.relations);
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
      {relations.map((step) => (
        <RelationLine key={step.link} id={id} step={step} />
      ))}
      {relations.length < entry.relations.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('history:moreRelations', { count: entry.relations.length - relations.length })}
        </Button>
      )}
      {steps.length < entry.steps.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('history:moreFields', { count: entry.steps.length - steps.length })}
        </Button>
      )}
    </article>
  );
}

/** "Relation added: Depends on X", read from the end this record is at. */
function RelationLine({ id, step }: { readonly id: string; readonly step: RelationStep }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const link = projection.get(step.link);
  if (!link) return null;
  const [from, to] = [endOf(link, 'from'), endOf(link, 'to')];
  const rel = typeof link.values.rel === 'string' ? link.values.rel : '';
  const kind = projection.get(from)?.kind ?? '';
  return (
    <Text size="sm" component="div">
      {t(step.added ? 'history:relationAdded' : 'history:relationRemoved')}{' '}
      {from === id ? labels.relation(kind, rel) : labels.inverse(kind, rel)}{' '}
      <RecordLink id={from === id ? to : from} />
    </Text>
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
        {step.from.map((value, i) => (
          <span key={JSON.stringify(value)}>
            {/* Several stood side by side: they were in conflict. */}
            {i > 0 && ' / '}
            <span className={own.old}>{show(value)}</span>
          </span>
        ))}
        {step.from.length > 0 && ' → '}
        <span className={own.new}>{show(step.to)}</span>
      </span>
    </div>
  );
}
