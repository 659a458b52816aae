/** Name, mode, elapsed time, and the three decisions about the run itself. */
import { useState } from 'react';
import { Button, Drawer } from '@mantine/core';
import { IconBook2, IconPlayerPause, IconPlayerPlay, IconUserShare } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Edit } from '../../../../shared/log/changeset';
import { elapsed } from '../../../../shared/response/run';
import { paths } from '../../../app/paths';
import { useLabels } from '../../../ui/labels';
import { titleOf } from '../../../ui/recordTitle';
import { clockText, timeWithOffset } from '../clockText';
import { ModeBadge } from '../ModeBadge';
import type { OpenRun } from '../useRun';
import type { Act } from '../useRunActions';
import { HandOverDialog } from './HandOverDialog';
import { StandDownDialog } from './StandDownDialog';
import own from './Run.module.css';
import classes from '../Respond.module.css';

interface RunHeaderProps {
  readonly open: OpenRun;
  readonly now: number;
  readonly act: Act;
  readonly active: boolean;
}

export function RunHeader({ open, now, act, active }: RunHeaderProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState<'plan' | 'handOver' | 'standDown'>();
  const { drill, frozen, run } = open;
  const { plan } = frozen;
  const exercise = drill.values.exercise;
  const sub = [
    plan &&
      [plan.number, plan.revision && `v${plan.revision}`, plan.name].filter(Boolean).join(' '),
    !plan && t('respond:place.noPlan'),
    run.mode === 'drill' &&
      typeof exercise === 'string' &&
      labels.option('drill', 'exercise', exercise),
    run.coordinator && t('respond:run.coordinator', { name: run.coordinator }),
  ];

  async function standDown(text: string) {
    const edits: readonly Edit[] = [
      { do: 'set', id: drill.id, fields: { status: 'stoodDown', stoodDownAt: Date.now() } },
    ];
    const done = await act('stoodDown', text ? { text } : {}, edits);
    if (done) navigate(paths.report(drill.id));
  }

  async function handOver(name: string, text: string) {
    const edits: readonly Edit[] = [{ do: 'set', id: drill.id, fields: { coordinator: name } }];
    if (await act('handOver', { text, detail: { name } }, edits)) setAsking(undefined);
  }

  return (
    <header className={classes.head}>
      <div className={classes.headText}>
        <h1>
          <ModeBadge mode={run.mode} />
          <span className={classes.oneLine}>{titleOf(drill)}</span>
        </h1>
        <div className={`${classes.small} ${classes.dim} ${classes.oneLine}`}>
          {sub.filter(Boolean).join(' · ')}
        </div>
      </div>
      <div className={own.clockBox}>
        <div className={own.clock} role="timer" aria-label={t('respond:run.elapsed')}>
          {clockText(elapsed(run, now))}
        </div>
        <div className={own.since} data-paused={run.paused || undefined}>
          {run.paused
            ? t('respond:run.paused')
            : t('respond:run.since', { time: timeWithOffset(run.lostAt) })}
        </div>
      </div>
      {plan && plan.sections.length > 0 && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconBook2 size={16} aria-hidden />}
          onClick={() => setAsking('plan')}
        >
          {t('respond:run.plan')}
        </Button>
      )}
      {active && run.mode === 'drill' && (
        <Button
          size="xs"
          variant="default"
          leftSection={
            run.paused ? (
              <IconPlayerPlay size={16} aria-hidden />
            ) : (
              <IconPlayerPause size={16} aria-hidden />
            )
          }
          onClick={() => void act(run.paused ? 'resumed' : 'paused')}
        >
          {t(run.paused ? 'respond:run.resume' : 'respond:run.pause')}
        </Button>
      )}
      {active && (
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconUserShare size={16} aria-hidden />}
            onClick={() => setAsking('handOver')}
          >
            {t('respond:run.handOver')}
          </Button>
          <Button size="xs" onClick={() => setAsking('standDown')}>
            {t('respond:run.standDown')}
          </Button>
        </>
      )}
      {!active && (
        <Button size="xs" onClick={() => navigate(paths.report(drill.id))}>
          {t('respond:run.report')}
        </Button>
      )}
      {asking === 'handOver' && (
        <HandOverDialog run={run} onClose={() => setAsking(undefined)} onConfirm={handOver} />
      )}
      {asking === 'standDown' && (
        <StandDownDialog run={run} onClose={() => setAsking(undefined)} onConfirm={standDown} />
      )}
      <Drawer
        opened={asking === 'plan'}
        onClose={() => setAsking(undefined)}
        title={plan?.name}
        position="right"
        size="lg"
      >
        {plan?.sections.map((section) => (
          <section key={section.title} className={own.section}>
            <h3>{section.title}</h3>
            <p>{section.body}</p>
          </section>
        ))}
      </Drawer>
    </header>
  );
}
