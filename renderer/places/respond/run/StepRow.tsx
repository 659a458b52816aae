/** One step: who, whom to ring, how long it should take and how long it has taken. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconCheck, IconDots, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { pausedBetween, type RunState } from '../../../../shared/response/run';
import type { StepState } from '../../../../shared/response/steps';
import type { FrozenPerson } from '../../../../shared/response/frozen';
import { duration } from '../../../ui/formatValue';
import { useLabels } from '../../../ui/labels';
import { hourMinute, timeOfDay } from '../clockText';
import { bestPhone } from '../phones';
import own from './Run.module.css';
import classes from '../Respond.module.css';

export type StepAction =
  | 'stepStarted'
  | 'stepDone'
  | 'stepBlocked'
  | 'stepSkipped'
  | 'stepReopened';

interface StepRowProps {
  readonly state: StepState;
  readonly run: RunState;
  readonly now: number;
  readonly active: boolean;
  readonly current: boolean;
  onChoose(): void;
  onAction(action: StepAction): void;
}

export function StepRow(props: StepRowProps) {
  const { state, current, active, onChoose } = props;
  const { t } = useTranslation();
  const { step, status } = state;
  return (
    <li
      className={own.step}
      data-status={status}
      data-current={current || undefined}
      aria-current={current ? 'step' : undefined}
      aria-label={t('respond:stepName', { no: step.no, title: step.title })}
      onClick={onChoose}
    >
      <span className={own.no} data-status={status} title={t(`respond:steps.status.${status}`)}>
        {status === 'done' ? (
          <IconCheck size={14} stroke={3} aria-hidden />
        ) : status === 'skipped' ? (
          <IconMinus size={14} stroke={3} aria-hidden />
        ) : status === 'blocked' ? (
          <IconX size={14} stroke={3} aria-hidden />
        ) : (
          step.no
        )}
      </span>
      <div className={classes.grow}>
        <div className={own.stepTitle}>{step.title}</div>
        <div className={own.sub}>
          <Meta {...props} />
        </div>
        {state.reason && <div className={own.reason}>{state.reason}</div>}
      </div>
      {active ? <Buttons {...props} /> : <StatusText state={state} />}
      {current && status !== 'done' && status !== 'skipped' && <Details state={state} />}
    </li>
  );
}

function StatusText({ state }: { readonly state: StepState }) {
  const { t } = useTranslation();
  return <span className={own.sub}>{t(`respond:steps.status.${state.status}`)}</span>;
}

function Meta({ state, run, now }: StepRowProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { step, status, startedAt, endedAt } = state;
  const planned = step.minutes === null ? '' : duration(labels, step.minutes);
  const parts: string[] = [];
  if (status === 'waiting') parts.push(t('respond:steps.after', { steps: numbers(state, run) }));
  if (status === 'done' || status === 'skipped') {
    parts.push(state.by || (step.owner?.name ?? ''));
    parts.push(span(startedAt, endedAt));
    if (status === 'skipped') parts.push(t('respond:steps.status.skipped'));
    if (startedAt !== undefined && endedAt !== undefined && status === 'done') {
      const took = minutesBetween(run, startedAt, endedAt);
      const time = duration(labels, took);
      parts.push(planned ? t('respond:steps.took', { time, planned }) : time);
    }
    return parts.filter(Boolean).join(' · ');
  }
  parts.push(whoText());
  if (status === 'running' && startedAt !== undefined) {
    const running = minutesBetween(run, startedAt, now);
    const time = hourMinute(running);
    parts.push(
      planned
        ? t('respond:steps.runningOf', { time, planned })
        : t('respond:steps.running', { time }),
    );
  } else if (planned) parts.push(t('respond:steps.planned', { time: planned }));
  const late =
    status === 'running' &&
    startedAt !== undefined &&
    step.minutes !== null &&
    minutesBetween(run, startedAt, now) > step.minutes;
  return (
    <>
      {parts.filter(Boolean).join(' · ')}
      {late && <span className={own.late}> {t('respond:steps.overdue')}</span>}
      {status === 'blocked' && (
        <span className={own.late}> {t('respond:steps.status.blocked')}</span>
      )}
    </>
  );

  function whoText(): string {
    const owner = step.owner?.name ?? step.team;
    if (!owner) return step.deputy?.name ?? t('respond:steps.noOwner');
    return step.deputy ? t('respond:steps.withDeputy', { owner, deputy: step.deputy.name }) : owner;
  }
}

const numbers = (state: StepState, run: RunState): string =>
  run.steps
    .filter(({ step }) => state.waitsFor.includes(step.id))
    .map(({ step }) => step.no)
    .join(', ');

const minutesBetween = (run: RunState, from: number, to: number): number =>
  Math.max(0, (to - from - pausedBetween(run.pauses, from, to)) / 60_000);

function span(from: number | undefined, to: number | undefined): string {
  if (to === undefined) return '';
  return from === undefined ? timeOfDay(to) : `${timeOfDay(from)}–${timeOfDay(to)}`;
}

function Details({ state }: { readonly state: StepState }) {
  const { owner, deputy, instructions } = state.step;
  return (
    <div className={own.details}>
      {instructions && <p>{instructions}</p>}
      <PhoneLine person={owner} />
      <PhoneLine person={deputy} />
    </div>
  );
}

function PhoneLine({ person }: { readonly person: FrozenPerson | null }) {
  const phone = bestPhone(person, 'mobile');
  if (!person || !phone) return null;
  return (
    <div>
      {person.name} <strong className={own.number}>{phone.number}</strong>
    </div>
  );
}

function Buttons({ state, current, onAction }: StepRowProps) {
  const { t } = useTranslation();
  const { status, step } = state;
  const named = (action: string) => t('respond:steps.named', { action, no: step.no });
  const key = (letter: string) =>
    current ? (
      <span className={classes.kbd} aria-hidden>
        {letter}
      </span>
    ) : null;
  const closed = status === 'done' || status === 'skipped';
  return (
    <div className={own.stepButtons} onClick={(event) => event.stopPropagation()}>
      {status === 'running' && (
        <Button
          size="xs"
          variant="default"
          aria-label={named(t('respond:steps.block'))}
          onClick={() => onAction('stepBlocked')}
        >
          {t('respond:steps.block')}
          {key('B')}
        </Button>
      )}
      {(status === 'ready' || status === 'blocked') && (
        <Button
          size="xs"
          aria-label={named(t('respond:steps.start'))}
          onClick={() => onAction('stepStarted')}
        >
          {t('respond:steps.start')}
          {key('S')}
        </Button>
      )}
      {status === 'running' && (
        <Button
          size="xs"
          aria-label={named(t('respond:steps.done'))}
          onClick={() => onAction('stepDone')}
        >
          {t('respond:steps.done')}
          {key('D')}
        </Button>
      )}
      {status === 'waiting' && <span className={own.sub}>{t('respond:steps.status.waiting')}</span>}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t('respond:steps.more', { no: step.no })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!closed && status !== 'running' && (
            <Menu.Item onClick={() => onAction('stepDone')}>{t('respond:steps.done')}</Menu.Item>
          )}
          {status === 'waiting' && (
            <Menu.Item onClick={() => onAction('stepStarted')}>
              {t('respond:steps.startAnyway')}
            </Menu.Item>
          )}
          {status === 'ready' && (
            <Menu.Item onClick={() => onAction('stepBlocked')}>
              {t('respond:steps.block')}
            </Menu.Item>
          )}
          {!closed && (
            <Menu.Item onClick={() => onAction('stepSkipped')}>{t('respond:steps.skip')}</Menu.Item>
          )}
          {(closed || status === 'running' || status === 'blocked') && (
            <Menu.Item onClick={() => onAction('stepReopened')}>
              {t('respond:steps.reopen')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
