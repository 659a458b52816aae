/** What importing would do, before anything is written. */
import { useMemo, useState } from 'react';
import { Alert, Button, Chip, Group, Loader, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Outcome, RowPlan, SheetPlan } from '../../../shared/tabular/plan';
import { showRefusal } from '../../app/useCommit';
import { useLocale } from '../../app/locale';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { Footer } from './Footer';
import classes from './Importer.module.css';
import { useImporter, type Writing } from './importerStore';
import { PlanRows } from './PlanRows';

type Filter = 'all' | Outcome | 'warnings';
const filters: readonly Filter[] = ['all', 'create', 'update', 'unchanged', 'refused', 'warnings'];
const NAMES_SHOWN = 6;

export function PreviewStep() {
  const plan = useImporter((state) => state.plan);
  return plan ? <Planned plan={plan} /> : <Planning />;
}

function Planning() {
  const { t } = useTranslation();
  const { progress, callOff } = useImporter();
  const percent = Math.round(progress * 100);
  return (
    <Group className={classes.panel} role="status">
      <Stack gap={6} className={classes.grow ?? ''}>
        <Text size="sm">
          {t('import:preview.planning')} · {t('import:preview.progress', { percent })}
        </Text>
        <Progress value={percent} aria-label={t('import:preview.planning')} />
      </Stack>
      <Button variant="default" size="sm" onClick={callOff}>
        {t('import:cancel')}
      </Button>
    </Group>
  );
}

function Planned({ plan }: { readonly plan: SheetPlan }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const vault = useVault();
  const { go, write, writing, changedMeanwhile } = useImporter();
  const [filter, setFilter] = useState<Filter>('all');
  const rows = useMemo(() => plan.rows.filter((row) => passes(row, filter)), [plan, filter]);
  const { counts } = plan;
  const numberOf = (each: Filter) => (each === 'all' ? plan.rows.length : counts[each]);
  const nameOf = (each: Filter) =>
    each === 'all' || each === 'warnings'
      ? t(`import:preview.${each}`)
      : t(`import:preview.outcome.${each}`);
  const taken = counts.create + counts.update;

  async function importRows() {
    const refusal = await write(vault);
    if (refusal) showRefusal(refusal);
  }

  return (
    <div className={classes.fill}>
      <Chip.Group value={filter} onChange={(next) => setFilter(next)}>
        <Group gap="xs">
          {filters.map((each) => (
            <Chip
              key={each}
              value={each}
              size="sm"
              disabled={each !== 'all' && numberOf(each) === 0}
            >
              {t('import:preview.count', {
                name: nameOf(each),
                value: numberOf(each).toLocaleString(locale),
              })}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {changedMeanwhile && (
        <Alert color="yellow" py={6} role="status">
          {t('import:preview.changed')}
        </Alert>
      )}
      {taken === 0 && counts.refused === 0 && <Text>{t('import:preview.nothing')}</Text>}
      <AlsoCreated plan={plan} />
      <Ambiguous plan={plan} />
      {counts.refused > 0 && (
        <Text size="sm" c="dimmed">
          {t('import:preview.refusedHint')}
        </Text>
      )}
      <PlanRows key={filter} rows={rows} />
      <Footer onBack={() => go('columns')} disabled={writing !== 'no'}>
        {writing === 'no' ? (
          <Button size="sm" onClick={() => void importRows()}>
            {taken ? t('import:preview.import', { count: taken }) : t('import:preview.finish')}
          </Button>
        ) : (
          <WritingState writing={writing} />
        )}
      </Footer>
    </div>
  );
}

/** What is being done, and the way out of it as long as there is one. */
function WritingState({ writing }: { readonly writing: Exclude<Writing, 'no'> }) {
  const { t } = useTranslation();
  const { progress, callOff } = useImporter();
  const saving = writing === 'saving';
  return (
    <Group gap="md" wrap="nowrap">
      <Text size="sm" role="status">
        {t(`import:preview.${writing}`)}
      </Text>
      {saving ? (
        <Loader size="sm" />
      ) : (
        <Progress
          w={180}
          value={Math.round(progress * 100)}
          aria-label={t('import:preview.checking')}
        />
      )}
      <Button variant="default" size="sm" disabled={saving} onClick={callOff}>
        {t('import:cancel')}
      </Button>
    </Group>
  );
}

function Ambiguous({ plan }: { readonly plan: SheetPlan }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const count = plan.duplicates.length;
  if (!count) return null;
  const names = plan.duplicates.slice(0, NAMES_SHOWN).map(({ kind, text, ids }) => {
    return t('import:preview.shared', { name: text, kind: labels.kind(kind), count: ids.length });
  });
  if (count > NAMES_SHOWN) names.push(t('import:preview.more', { count: count - NAMES_SHOWN }));
  return (
    <Alert color="yellow" py={6}>
      {t('import:preview.ambiguous', { count, names: names.join(', ') })}
    </Alert>
  );
}

function AlsoCreated({ plan }: { readonly plan: SheetPlan }) {
  const { t } = useTranslation();
  const count = plan.alsoCreated.length;
  if (!count) return null;
  const names = plan.alsoCreated.slice(0, NAMES_SHOWN).map(({ kind, title }) => {
    return t('respond:inBrackets', { text: title, more: t(`kinds:${kind}.label`) });
  });
  if (count > NAMES_SHOWN) names.push(t('import:preview.more', { count: count - NAMES_SHOWN }));
  return <Text size="sm">{t('import:preview.also', { count, names: names.join(', ') })}</Text>;
}

const passes = (row: RowPlan, filter: Filter): boolean =>
  filter === 'all' || (filter === 'warnings' ? row.warnings.length > 0 : row.outcome === filter);
