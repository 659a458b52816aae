/** Services in recovery order, their clocks burning down. */
import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clockOf, type Clock } from '../../../../shared/impact/clocks';
import { forecastService, stepsSayBack } from '../../../../shared/response/forecast';
import type { Frozen } from '../../../../shared/response/frozen';
import { pausedBetween, type RunState, type ServiceState } from '../../../../shared/response/run';
import { duration } from '../../../ui/formatValue';
import { useLabels } from '../../../ui/labels';
import { Tone } from '../../../ui/Tone';
import { dayAndTime, hourMinute } from '../clockText';
import { Panel } from '../Panel';
import type { Act } from '../useRunActions';
import { useList } from '../useList';
import own from './Run.module.css';
import classes from '../Respond.module.css';

interface ServicesPanelProps {
  readonly frozen: Frozen;
  readonly run: RunState;
  readonly now: number;
  readonly act: Act;
  readonly active: boolean;
}

export function ServicesPanel({ frozen, run, now, act, active }: ServicesPanelProps) {
  const { t } = useTranslation();
  const list = useList();
  return (
    <Panel title={t('respond:services.title')} aside={t('respond:services.rto')}>
      <ol className={own.list}>
        {run.services.map((state) => (
          <ServiceRow
            key={state.service.id}
            state={state}
            run={run}
            now={now}
            act={act}
            active={active}
          />
        ))}
      </ol>
      {!run.services.length && <p className={classes.empty}>{t('respond:services.none')}</p>}
      {frozen.spared.length > 0 && (
        <p className={own.sub}>
          {t('respond:services.spared', {
            count: frozen.spared.length,
            names: list(frozen.spared.map((group) => group.name)),
          })}
        </p>
      )}
    </Panel>
  );
}

const COLOURS = {
  open: 'harbour',
  noTarget: 'gray',
  soon: 'orange',
  breached: 'red',
  back: 'green',
  backLate: 'red',
} as const;
const TONES = {
  open: 'info',
  noTarget: 'neutral',
  soon: 'warn',
  breached: 'bad',
  back: 'good',
  backLate: 'bad',
} as const;

interface ServiceRowProps {
  readonly state: ServiceState;
  readonly run: RunState;
  readonly now: number;
  readonly act: Act;
  readonly active: boolean;
}

function ServiceRow({ state, run, now, act, active }: ServiceRowProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { service, achieved } = state;
  const end = run.stoodDownAt ?? now;
  const base = {
    start: run.lostAt,
    now: end,
    paused: pausedBetween(run.pauses, run.lostAt, end),
    achieved,
  };
  const rto = clockOf({ ...base, target: service.rto ?? undefined });
  const mtpd = clockOf({ ...base, target: service.mtpd ?? undefined });
  const shown = service.rto === null && service.mtpd !== null ? mtpd : rto;
  const said = stepsSayBack(run, service.id);
  const minutes = (value: number) => duration(labels, value);

  return (
    <li className={own.service}>
      <div className={classes.row}>
        <span className={`${classes.grow} ${classes.strong}`}>{service.name}</span>
        <Tone tone={TONES[shown.state]}>{badge(shown)}</Tone>
      </div>
      {shown.state !== 'noTarget' && (
        <Progress
          value={achieved === undefined ? shown.used * 100 : 100}
          color={COLOURS[shown.state]}
          size={7}
          my={5}
          aria-label={t('respond:services.used', { name: service.name })}
        />
      )}
      <div className={own.sub}>
        {[...targets(), pace()].filter(Boolean).map((text) => (
          <span key={text} className={own.target}>
            {text}
          </span>
        ))}
      </div>
      {achieved === undefined && service.workaround && (
        <div className={`${own.sub} ${classes.oneLine}`} title={service.workaround}>
          {t('respond:services.workaround', { text: service.workaround })}
        </div>
      )}
      {active && (
        <div className={own.serviceButton}>
          {achieved === undefined ? (
            <Button
              size="compact-xs"
              variant={said ? 'filled' : 'default'}
              color="green"
              aria-label={t('respond:services.backNamed', { name: service.name })}
              onClick={() => void act('serviceBack', { subject: service.id })}
            >
              {t('respond:services.back')}
            </Button>
          ) : (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={t('respond:services.lostNamed', { name: service.name })}
              onClick={() => void act('serviceLost', { subject: service.id })}
            >
              {t('respond:services.lost')}
            </Button>
          )}
        </div>
      )}
    </li>
  );

  function badge(clock: Clock): string {
    if (achieved !== undefined) return t('respond:services.backAt', { time: hourMinute(achieved) });
    if (clock.left === undefined) return t('respond:services.noTarget');
    const name = clock === mtpd ? t('respond:services.mtpd') : t('respond:services.rto');
    if (clock.left < 0) {
      return t('respond:services.over', { name, time: minutes(Math.floor(-clock.left)) });
    }
    return t('respond:services.left', { time: minutes(Math.ceil(clock.left)) });
  }

  function targets(): readonly string[] {
    if (achieved !== undefined) {
      return [
        service.rto === null ? '' : t('respond:services.rtoIs', { rto: minutes(service.rto) }),
        t('respond:services.achieved', { time: minutes(achieved) }),
      ];
    }
    const at = (clock: Clock) => (clock.breachAt ? dayAndTime(clock.breachAt, now) : '');
    return [
      service.rto === null
        ? t('respond:impact.noRto')
        : t('respond:impact.rtoAt', { rto: minutes(service.rto), time: at(rto) }),
      service.mtpd === null
        ? t('respond:impact.noMtpd')
        : t('respond:impact.mtpdAt', { mtpd: minutes(service.mtpd), time: at(mtpd) }),
    ];
  }

  /** When it will be back if everything takes as long as planned. */
  function pace(): string {
    if (achieved !== undefined || run.stoodDownAt !== undefined) return '';
    const forecast = forecastService(run, service.id, now);
    if (forecast.type === 'unknown') return '';
    if (forecast.type === 'blocked') {
      const step = run.steps.find((each) => each.step.id === forecast.by)?.step;
      return t('respond:services.blocked', { no: step?.no ?? '' });
    }
    if (said) return t('respond:services.stepsDone');
    const late = rto.breachAt === undefined ? 0 : (forecast.at - rto.breachAt) / 60_000;
    const time = dayAndTime(forecast.at, now);
    return late > 0
      ? t('respond:services.late', { time, late: minutes(Math.ceil(late)) })
      : t('respond:services.pace', { time });
  }
}
