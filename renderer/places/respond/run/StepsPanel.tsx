/** What can be done now, what waits, what is done; worked through with the keyboard if one likes. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepState, StepStatus } from '../../../../shared/response/steps';
import type { RunState } from '../../../../shared/response/run';
import { Panel } from '../Panel';
import type { Act } from '../useRunActions';
import { ReasonDialog } from './ReasonDialog';
import { StepRow, type StepAction } from './StepRow';
import { useRunKeys } from './useRunKeys';
import own from './Run.module.css';
import classes from '../Respond.module.css';

const ORDER: readonly StepStatus[] = ['running', 'blocked', 'ready', 'waiting', 'done', 'skipped'];
const PHASES = ['activation', 'recovery', 'validation', 'return', 'reconstitution'];

/** Open ones as the plan has them, phase by phase; finished ones latest first. */
function inOrder(steps: readonly StepState[]): readonly StepState[] {
  const rank = (state: StepState) => {
    const at = ORDER.indexOf(state.status === 'skipped' ? 'done' : state.status);
    return state.status === 'blocked' ? 0 : at;
  };
  const phase = (state: StepState) => PHASES.indexOf(state.step.phase);
  return steps.toSorted((a, b) => {
    const group = rank(a) - rank(b);
    if (group) return group;
    if (rank(a) === ORDER.indexOf('done')) return (b.endedAt ?? 0) - (a.endedAt ?? 0);
    return phase(a) - phase(b) || a.step.no - b.step.no;
  });
}

interface StepsPanelProps {
  readonly run: RunState;
  readonly now: number;
  readonly act: Act;
  readonly active: boolean;
}

export function StepsPanel({ run, now, act, active }: StepsPanelProps) {
  const { t } = useTranslation();
  const steps = inOrder(run.steps);
  const [chosen, setChosen] = useState<string>();
  const [asking, setAsking] = useState<{ state: StepState; type: 'stepBlocked' | 'stepSkipped' }>();
  const list = useRef<HTMLOListElement>(null);
  const at = Math.max(
    0,
    steps.findIndex((state) => state.step.id === chosen),
  );
  const current = steps[at];
  const finished = run.steps.filter((state) => ['done', 'skipped'].includes(state.status)).length;
  const ready = run.steps.filter((state) => state.status === 'ready').length;
  const moved = useRef(false);

  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  });

  function move(by: number) {
    moved.current = true;
    setChosen(steps[Math.max(0, Math.min(steps.length - 1, at + by))]?.step.id);
  }

  function perform(state: StepState, action: StepAction) {
    if (!active) return;
    if (action === 'stepBlocked' || action === 'stepSkipped') setAsking({ state, type: action });
    else void act(action, { subject: state.step.id });
    // A finished step sinks to the end of the list; the next key is meant for the next step.
    if (action === 'stepDone') setChosen(undefined);
  }

  const onKey = (action: StepAction, statuses: readonly StepStatus[]) => () => {
    if (current && statuses.includes(current.status)) perform(current, action);
  };
  useRunKeys([
    ['J', () => move(1)],
    ['K', () => move(-1)],
    ['ArrowDown', () => move(1)],
    ['ArrowUp', () => move(-1)],
    ['S', onKey('stepStarted', ['ready', 'blocked'])],
    ['D', onKey('stepDone', ['ready', 'running', 'blocked'])],
    ['B', onKey('stepBlocked', ['ready', 'running'])],
    ['X', onKey('stepSkipped', ['ready', 'running', 'blocked', 'waiting'])],
  ]);

  return (
    <Panel
      title={t('respond:steps.title')}
      aside={t('respond:steps.counts', {
        done: finished,
        total: run.steps.length,
        ready: t('respond:steps.ready', { count: ready }),
      })}
      footer={
        active && steps.length > 0 && <span className={own.keys}>{t('respond:steps.keys')}</span>
      }
    >
      <ol className={own.list} ref={list}>
        {steps.map((state) => (
          <StepRow
            key={state.step.id}
            state={state}
            run={run}
            now={now}
            active={active}
            current={state === current}
            onChoose={() => setChosen(state.step.id)}
            onAction={(action) => perform(state, action)}
          />
        ))}
      </ol>
      {!steps.length && <p className={classes.empty}>{t('respond:steps.none')}</p>}
      {asking && (
        <ReasonDialog
          title={t(`respond:steps.${asking.type}`, { no: asking.state.step.no })}
          label={t(`respond:steps.${asking.type}Reason`)}
          confirm={t(asking.type === 'stepBlocked' ? 'respond:steps.block' : 'respond:steps.skip')}
          onClose={() => setAsking(undefined)}
          onConfirm={async (text) => {
            const done = await act(asking.type, { subject: asking.state.step.id, text });
            if (!done) return;
            setAsking(undefined);
            if (asking.type === 'stepSkipped') setChosen(undefined);
          }}
        />
      )}
    </Panel>
  );
}
