/** The after-action report, computed from the log; its evaluation is written by people. */
import { useMemo } from 'react';
import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { drill as drillKind } from '../../../shared/kinds/drill';
import { endOf } from '../../../shared/projection/references';
import { reportOf } from '../../../shared/response/report';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useNow } from '../../app/useNow';
import { useVault } from '../../app/vaultContext';
import { AttachmentsSection } from '../../attachments/AttachmentsSection';
import { duration } from '../../ui/formatValue';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { StatusBadge } from '../../ui/StatusBadge';
import { numberOf, titleOf } from '../../ui/recordTitle';
import { localTime } from '../../ui/times';
import { ModeBadge } from './ModeBadge';
import { NoRun } from './NoRun';
import { Evaluation } from './report/Evaluation';
import { Introduction } from './report/Introduction';
import { ReportBar } from './report/ReportBar';
import { CallTable, ServiceTable, StepTable, Timeline } from './report/Tables';
import { useRun, type OpenRun } from './useRun';
import { Watermark } from './Watermark';
import own from './report/Report.module.css';

const MINUTE = 60_000;

const ratio = (part: number, whole: number): string => (whole ? `${part}/${whole}` : '–');

export function ReportPage({ id }: { readonly id: string }) {
  const open = useRun(id);
  return open ? <OpenReport open={open} /> : <NoRun />;
}

function OpenReport({ open }: { readonly open: OpenRun }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection, isWriter } = useVault();
  const now = useNow(MINUTE);
  const { drill, run } = open;
  const report = useMemo(() => reportOf(run, now), [run, now]);
  const over = run.stoodDownAt !== undefined || drill.values.status !== 'running';
  const changes = projection.linksTo(drill.id, 'fromDrill').map((link) => endOf(link, 'from'));
  const met = report.services.filter((result) => result.rto === 'met').length;
  const targeted = report.services.filter((result) => result.rto !== 'noTarget').length;
  const figures: readonly (readonly [string, string])[] = [
    [
      run.startedAt === undefined ? '–' : duration(labels, report.duration),
      t('report:figures.duration'),
    ],
    [ratio(met, targeted), t('report:figures.rto')],
    [ratio(report.done, report.steps.length), t('report:figures.steps')],
    [ratio(report.calls.reached, report.calls.total), t('report:figures.calls')],
  ];
  return (
    <div className={own.report}>
      {run.mode === 'drill' && <Watermark print />}
      <ReportBar open={open} />
      {!over && (
        <Alert className={own.interim ?? ''} color="orange" title={t('report:interim')}>
          <Anchor href={href(paths.run(drill.id))} size="sm">
            {t('report:toRun')}
          </Anchor>
        </Alert>
      )}
      <article className={own.sheet}>
        <div className={own.kicker}>
          <ModeBadge mode={run.mode} />
          {t(`report:title.${run.mode}`)}
          <span>{numberOf(drill)}</span>
          <StatusBadge kind={drillKind} value={drill.values.status} />
        </div>
        <h1 className={own.title}>{titleOf(drill)}</h1>
        <div className={own.kicker}>
          {run.startedAt !== undefined && localTime(run.startedAt)}
          {run.stoodDownAt !== undefined && ` – ${localTime(run.stoodDownAt)}`}
        </div>
        <div className={own.figures}>
          {figures.map(([value, label]) => (
            <div key={label} className={own.figure}>
              <strong>{value}</strong>
              <span>{label}</span>
            </div>
          ))}
        </div>
        <Introduction open={open} report={report} />
        <ServiceTable open={open} report={report} />
        <StepTable open={open} report={report} />
        <CallTable open={open} report={report} />
        <Evaluation drill={drill} editable={drill.values.status === 'stoodDown' && isWriter()} />
        {changes.length > 0 && (
          <>
            <h3>{t('report:changes')}</h3>
            <ul className={own.links}>
              {changes.map((id) => (
                <li key={id}>
                  <RecordLink id={id} />
                </li>
              ))}
            </ul>
          </>
        )}
        <AttachmentsSection record={drill} />
        <Timeline open={open} />
        <div className={own.sign}>
          {(['coordinator', 'evaluator', 'management'] as const).map((role) => (
            <div key={role}>{t(`report:sign.${role}`)}</div>
          ))}
        </div>
      </article>
    </div>
  );
}
