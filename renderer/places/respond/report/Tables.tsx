/** The figures: achieved against target, planned against actual, who was reached, what happened. */
import { useTranslation } from 'react-i18next';
import type { StepStatus } from '../../../../shared/response/steps';
import type { Report, ServiceResult, Verdict } from '../../../../shared/response/report';
import { duration } from '../../../ui/formatValue';
import { useLabels } from '../../../ui/labels';
import { Tone } from '../../../ui/Tone';
import { dayAndTime, timeOfDay } from '../clockText';
import { useEntryText } from '../useEntryText';
import type { OpenRun } from '../useRun';
import { Section } from './Section';
import { paragraphOf } from './paragraph';
import own from './Report.module.css';

interface TablesProps {
  readonly open: OpenRun;
  readonly report: Report;
}

const TONES = { met: 'good', missed: 'bad', notBack: 'warn', noTarget: 'neutral' } as const;

export function ServiceTable({ open, report }: TablesProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const minutes = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : duration(labels, value);
  const verdict = (result: Verdict) => (
    <Tone tone={TONES[result]}>{t(`report:verdict.${result}`)}</Tone>
  );
  return (
    <Section no={4} title={t('report:achieved')}>
      <p>{summary(report.services)}</p>
      {report.services.length > 0 && (
        <table className={own.table}>
          <thead>
            <tr>
              <th>{labels.kind('service')}</th>
              <th>{t('report:columns.back')}</th>
              <th>{t('report:columns.achieved')}</th>
              <th>{t('respond:services.rto')}</th>
              <th>{t('report:columns.rtoMet')}</th>
              <th>{t('respond:services.mtpd')}</th>
              <th>{t('report:columns.mtpdMet')}</th>
              <th>{t('respond:services.rpo')}</th>
            </tr>
          </thead>
          <tbody>
            {report.services.map(({ service, achieved, rto, mtpd }, i) => {
              const backAt = open.run.services[i]?.backAt;
              return (
                <tr key={service.id}>
                  <th scope="row">{service.name}</th>
                  <td className={own.nowrap}>
                    {backAt === undefined ? '–' : dayAndTime(backAt, open.run.lostAt)}
                  </td>
                  <td className={own.nowrap}>{minutes(achieved)}</td>
                  <td className={own.nowrap}>{minutes(service.rto)}</td>
                  <td>{verdict(rto)}</td>
                  <td className={own.nowrap}>{minutes(service.mtpd)}</td>
                  <td>{verdict(mtpd)}</td>
                  <td className={own.nowrap}>{minutes(service.rpo)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Section>
  );

  function summary(services: readonly ServiceResult[]): string {
    if (!services.length) return t('report:noServices');
    const targeted = services.filter((result) => result.rto !== 'noTarget');
    if (!targeted.length) return t('report:noTargets');
    const met = targeted.filter((result) => result.rto === 'met').length;
    return t('report:metRto', { met, total: targeted.length });
  }
}

export function StepTable({ open, report }: TablesProps) {
  const { t } = useTranslation();
  const over = open.run.stoodDownAt !== undefined;
  const statusText = (status: StepStatus) =>
    over && (status === 'ready' || status === 'waiting')
      ? t('report:notDone')
      : t(`respond:steps.status.${status}`);
  const labels = useLabels();
  const minutes = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : duration(labels, value);
  return (
    <Section no={5} title={t('report:steps')}>
      <p>
        {t('report:stepCounts', {
          done: report.done,
          skipped: report.skipped,
          open: report.open,
        })}
      </p>
      {report.steps.length > 0 && (
        <table className={own.table}>
          <thead>
            <tr>
              <th>{t('report:columns.no')}</th>
              <th>{labels.kind('planStep')}</th>
              <th>{labels.field('planStep', 'owner')}</th>
              <th>{t('report:columns.status')}</th>
              <th>{t('report:columns.fromTo')}</th>
              <th>{t('report:columns.planned')}</th>
              <th>{t('report:columns.actual')}</th>
            </tr>
          </thead>
          <tbody>
            {report.steps.map(({ state, actual, over }) => (
              <tr key={state.step.id}>
                <td>{state.step.no}</td>
                <th scope="row">
                  {state.step.title}
                  {state.reason && <div className={own.note}>{state.reason}</div>}
                </th>
                <td>{state.step.owner?.name ?? state.step.team}</td>
                <td>{statusText(state.status)}</td>
                <td className={own.nowrap}>{span(state.startedAt, state.endedAt)}</td>
                <td className={own.nowrap}>{minutes(state.step.minutes)}</td>
                <td className={own.nowrap} data-late={(over ?? 0) > 0 || undefined}>
                  {minutes(actual)}
                  {over !== undefined && over >= 1 && ` (+${duration(labels, over)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function span(from: number | undefined, to: number | undefined): string {
  if (from === undefined && to === undefined) return '–';
  return `${from === undefined ? '' : timeOfDay(from)}–${to === undefined ? '' : timeOfDay(to)}`;
}

export function CallTable({ open, report }: TablesProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { calls } = report;
  return (
    <Section no={6} title={t('report:calls')}>
      {calls.total === 0 ? (
        <p>{t('respond:call.none')}</p>
      ) : (
        <>
          <p>
            {paragraphOf([
              t('report:callSummary', {
                reached: calls.reached,
                total: calls.total,
                share: Math.round((100 * calls.reached) / calls.total),
                attempts: calls.attempts,
              }),
              calls.byDeputy > 0 && t('report:byDeputy', { count: calls.byDeputy }),
              calls.wrongNumbers > 0 && t('report:wrongNumbers', { count: calls.wrongNumbers }),
              calls.late > 0 && t('report:lateCalls', { count: calls.late }),
              calls.lastReached !== undefined &&
                t('report:lastReached', { time: duration(labels, calls.lastReached) }),
            ])}
          </p>
          <table className={own.table}>
            <thead>
              <tr>
                <th>{labels.field('callNode', 'role')}</th>
                <th>{labels.field('callNode', 'person')}</th>
                <th>{t('report:columns.attempts')}</th>
                <th>{t('report:columns.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {open.run.calls.nodes.map(({ node, attempts, reachedAt, reachedBy }) => (
                <tr key={node.id}>
                  <th scope="row">{node.role}</th>
                  <td>{node.person?.name ?? t('respond:call.nobody')}</td>
                  <td>
                    {attempts.length === 0 && '–'}
                    {attempts.map(({ at, name, outcome }) => (
                      <div key={`${at} ${outcome}`}>
                        {t('respond:log.with', {
                          line: `${timeOfDay(at)} ${name}`,
                          text: t(`respond:call.outcome.${outcome}`),
                        })}
                      </div>
                    ))}
                  </td>
                  <td>
                    {reachedAt === undefined
                      ? t('report:notReached')
                      : t('report:reachedBy', { name: reachedBy, time: timeOfDay(reachedAt) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Section>
  );
}

export function Timeline({ open }: { readonly open: OpenRun }) {
  const { t } = useTranslation();
  const textOf = useEntryText(open.frozen);
  const { run } = open;
  return (
    <Section no={8} title={t('report:timeline')}>
      <table className={own.table}>
        <thead>
          <tr>
            <th>{t('report:columns.time')}</th>
            <th>{t('report:columns.what')}</th>
            <th>{t('report:columns.by')}</th>
          </tr>
        </thead>
        <tbody>
          {run.timeline.map((entry) => (
            <tr key={entry.id}>
              <td className={own.nowrap}>{dayAndTime(entry.at, run.lostAt)}</td>
              <td>{textOf(entry)}</td>
              <td>{entry.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
