/** Three questions to the first thing to do: what is lost, which plan, real or drill. */
import { useMemo, useState } from 'react';
import { Anchor, Button, Modal, Select, Text, Textarea, TextInput } from '@mantine/core';
import { IconCalendarTime, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { endOf } from '../../../shared/projection/references';
import { asText } from '../../../shared/projection/projection';
import { drill as drillKind } from '../../../shared/kinds/drill';
import { freezePlan } from '../../../shared/response/freezePlan';
import { rankPlans } from '../../../shared/response/rankPlans';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useCommit } from '../../app/useCommit';
import { useNow } from '../../app/useNow';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { titleIn } from '../../ui/recordTitle';
import { fromDateTimeInput, localDay, toDateTimeInput } from '../../ui/times';
import { FirstThings } from './declare/FirstThings';
import { ImpactPanel } from './declare/ImpactPanel';
import { LostPicker } from './declare/LostPicker';
import { ModeChoice, type Mode } from './declare/ModeChoice';
import { NO_PLAN, PlanChoice } from './declare/PlanChoice';
import { runEdits } from './declare/startRun';
import { useGraph, useImpact } from './declare/useImpact';
import { Panel } from './Panel';
import { useList } from './useList';
import own from './declare/Declare.module.css';
import classes from './Respond.module.css';

export function DeclarePage() {
  const search = useSearch();
  // Another address is another declaration: nothing of the last one is kept.
  return <Declaration key={search} query={new URLSearchParams(search)} />;
}

function Declaration({ query }: { readonly query: URLSearchParams }) {
  const { t } = useTranslation();
  const list = useList();
  const vault = useVault();
  const { projection } = vault;
  const labels = useLabels();
  const commit = useCommit();
  const [, navigate] = useLocation();
  const now = useNow(10_000);
  const existing = projection.visible(query.get('run') ?? '');
  const startingPlan = asText(existing?.values.plan) || query.get('plan') || undefined;

  const [lost, setLost] = useState<readonly string[]>(() => {
    if (existing) return projection.linksFrom(existing.id, 'lost').map((link) => endOf(link, 'to'));
    const named = query.get('lost');
    if (named) return named.split(',').filter((id) => projection.visible(id));
    return startingPlan
      ? projection.linksFrom(startingPlan, 'covers').map((link) => endOf(link, 'to'))
      : [];
  });
  const [plan, setPlan] = useState<string | undefined>(startingPlan);
  const [mode, setMode] = useState<Mode | undefined>(
    existing ? (existing.values.mode === 'real' ? 'real' : 'drill') : undefined,
  );
  const [name, setName] = useState<string | undefined>(asText(existing?.values.name) || undefined);
  const [coordinator, setCoordinator] = useState(
    asText(existing?.values.coordinator) || vault.device()?.person || '',
  );
  const [exercise, setExercise] = useState(asText(existing?.values.exercise) || 'functional');
  const [objectives, setObjectives] = useState(asText(existing?.values.objectives));
  const [since, setSince] = useState<string>();
  const [plannedOn, setPlannedOn] = useState(asText(existing?.values.plannedOn));
  const [asking, setAsking] = useState<'real' | 'later'>();

  const graph = useGraph();
  const known = useImpact(graph, lost);
  const plans = useMemo(() => rankPlans(projection, known.impact), [projection, known.impact]);
  const best = plans[0];
  const fits = best && (best.covers || best.restores > 0) ? best.plan.id : NO_PLAN;
  const chosen = plan ?? fits;
  const lostAt = Math.min((since ? fromDateTimeInput(since) : undefined) ?? now, now);
  const names = list(lost.map((id) => titleIn(projection, id)));
  const title = name ?? (names ? t('respond:declare.defaultName', { names }) : '');
  const preview = useMemo(
    () =>
      freezePlan(projection, {
        planId: chosen || undefined,
        lost,
        impact: known.impact,
        lostAt: 0,
      }),
    [projection, chosen, lost, known.impact],
  );
  const ready = vault.isWriter() && lost.length > 0 && mode !== undefined && title.trim() !== '';

  async function save(later: boolean) {
    if (!mode) return;
    const at = Date.now();
    const input = {
      existing: existing?.id,
      lost,
      planId: chosen || undefined,
      mode,
      name: title.trim(),
      coordinator: coordinator.trim(),
      exercise,
      objectives: objectives.trim(),
      plannedOn,
      lostAt: since ? lostAt : at,
    };
    const { id, edits } = runEdits(vault, input, known.impact, later ? undefined : at);
    const saved = await commit(edits, { op: 'drill', drill: id });
    if (saved) navigate(later ? paths.respond : paths.run(id));
  }

  const start = () => (mode === 'real' ? setAsking('real') : void save(false));

  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div className={classes.headText}>
          <Anchor href={href(paths.respond)} size="xs">
            {t('respond:place.title')}
          </Anchor>
          <h1>{t('respond:declare.title')}</h1>
        </div>
      </div>
      <div className={own.columns}>
        <LostPicker graph={graph} lost={lost} onChange={setLost} />
        <Panel
          title={t('respond:declare.how')}
          footer={
            <div className={own.buttons}>
              <Button
                size="md"
                px="sm"
                flex={1}
                color={mode === 'real' ? 'red' : mode === 'drill' ? 'drill' : 'harbour'}
                disabled={!ready}
                leftSection={<IconPlayerPlay size={18} aria-hidden />}
                onClick={start}
              >
                {t(mode ? `respond:mode.${mode}.start` : 'respond:declare.start')}
              </Button>
              <Button
                size="md"
                px="sm"
                variant="default"
                disabled={!ready}
                leftSection={<IconCalendarTime size={18} aria-hidden />}
                onClick={() => setAsking('later')}
              >
                {t('respond:declare.later')}
              </Button>
            </div>
          }
        >
          <div className={own.form}>
            <FirstThings frozen={preview} mode={mode ?? 'real'} />
            <ModeChoice value={mode} onChange={setMode} />
            <PlanChoice plans={plans} value={chosen} onChange={setPlan} />
            <TextInput
              size="sm"
              label={t('respond:declare.name')}
              value={title}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <div className={own.pair}>
              <TextInput
                size="sm"
                label={t('respond:declare.coordinator')}
                value={coordinator}
                onChange={(event) => setCoordinator(event.currentTarget.value)}
              />
              <TextInput
                size="sm"
                type="datetime-local"
                label={t('respond:declare.since')}
                value={since ?? toDateTimeInput(now)}
                max={toDateTimeInput(now)}
                onChange={(event) => setSince(event.currentTarget.value || undefined)}
              />
            </div>
            {mode === 'drill' && (
              <>
                <Select
                  size="sm"
                  label={labels.field('drill', 'exercise')}
                  data={options('exercise').map((value) => ({
                    value,
                    label: labels.option('drill', 'exercise', value),
                  }))}
                  value={exercise}
                  allowDeselect={false}
                  onChange={(value) => setExercise(value ?? 'functional')}
                />
                <Textarea
                  size="sm"
                  autosize
                  minRows={2}
                  label={labels.field('drill', 'objectives')}
                  description={t('respond:declare.objectivesHint')}
                  value={objectives}
                  onChange={(event) => setObjectives(event.currentTarget.value)}
                />
              </>
            )}
          </div>
        </Panel>
        <ImpactPanel known={known} lostAt={lostAt} now={now} />
      </div>
      <Modal
        opened={asking === 'real'}
        onClose={() => setAsking(undefined)}
        title={t('respond:declare.confirmTitle')}
        centered
      >
        <Text size="sm">{t('respond:declare.confirmText', { names })}</Text>
        <div className={own.buttons} style={{ marginTop: 16, justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={() => setAsking(undefined)}>
            {t('ui:cancel')}
          </Button>
          <Button color="red" data-autofocus onClick={() => void save(false)}>
            {t('respond:declare.confirm')}
          </Button>
        </div>
      </Modal>
      <Modal
        opened={asking === 'later'}
        onClose={() => setAsking(undefined)}
        title={t('respond:declare.later')}
        centered
      >
        <TextInput
          type="date"
          data-autofocus
          label={labels.field('drill', 'plannedOn')}
          min={localDay(now)}
          value={plannedOn}
          onChange={(event) => setPlannedOn(event.currentTarget.value)}
        />
        <div className={own.buttons} style={{ marginTop: 16, justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={() => setAsking(undefined)}>
            {t('ui:cancel')}
          </Button>
          <Button onClick={() => void save(true)}>{t('respond:declare.laterConfirm')}</Button>
        </div>
      </Modal>
    </div>
  );
}

const options = (field: string): readonly string[] => {
  const def = drillKind.fields[field];
  return def?.type === 'choice' ? def.options : [];
};
