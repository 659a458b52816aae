/** What happened, in sentences, then who took part. */
import { useTranslation } from 'react-i18next';
import { asText } from '../../../../shared/projection/projection';
import type { Report } from '../../../../shared/response/report';
import { duration } from '../../../ui/formatValue';
import { useLabels } from '../../../ui/labels';
import { localTime } from '../../../ui/times';
import type { OpenRun } from '../useRun';
import { Section } from './Section';
import { useList } from '../useList';
import { paragraphOf } from './paragraph';
import own from './Report.module.css';

interface IntroductionProps {
  readonly open: OpenRun;
  readonly report: Report;
}

export function Introduction({ open, report }: IntroductionProps) {
  const { t } = useTranslation();
  const list = useList();
  const labels = useLabels();
  const { drill, frozen, run } = open;
  const names = list(frozen.lost.map((item) => item.name)) || t('report:nothingNamed');
  const paragraph = (field: string) => asText(drill.values[field]);
  return (
    <>
      <Section no={1} title={t('report:introduction')}>
        <p>
          {paragraphOf([
            t(`report:intro.${run.mode}`, {
              time: localTime(run.lostAt),
              names,
              services: t('respond:impact.services', { count: frozen.services.length }),
              items: t('respond:impact.items', { count: frozen.items }),
            }),
            run.stoodDownAt !== undefined &&
              t('report:intro.ended', {
                time: localTime(run.stoodDownAt),
                duration: duration(labels, report.duration),
              }),
            report.paused >= 1 &&
              t('report:intro.paused', { duration: duration(labels, report.paused) }),
          ])}
        </p>
        {paragraph('scenario') && <p className={own.text}>{paragraph('scenario')}</p>}
      </Section>
      <Section no={2} title={t('report:scope')}>
        <dl className={own.facts}>
          <Fact
            label={labels.field('drill', 'plan')}
            text={
              frozen.plan
                ? [
                    frozen.plan.number,
                    frozen.plan.name,
                    frozen.plan.revision && `v${frozen.plan.revision}`,
                  ]
                    .filter(Boolean)
                    .join(' ')
                : t('respond:place.noPlan')
            }
          />
          {run.mode === 'drill' && (
            <Fact
              label={labels.field('drill', 'exercise')}
              text={labels.option('drill', 'exercise', paragraph('exercise'))}
            />
          )}
          <Fact label={labels.field('drill', 'scope')} text={paragraph('scope')} />
          <Fact label={labels.field('drill', 'objectives')} text={paragraph('objectives')} />
          <Fact label={labels.field('drill', 'rules')} text={paragraph('rules')} />
        </dl>
      </Section>
      <Section no={3} title={t('report:participants')}>
        <dl className={own.facts}>
          <Fact
            label={labels.field('drill', 'coordinator')}
            text={[startedBy(open), ...run.handOvers.map((each) => each.to)]
              .filter((name, i, all) => name && name !== all[i - 1])
              .join(' → ')}
          />
          <Fact label={labels.field('drill', 'controllers')} text={paragraph('controllers')} />
          <Fact label={labels.field('drill', 'evaluators')} text={paragraph('evaluators')} />
          <Fact label={labels.field('drill', 'participants')} text={paragraph('participants')} />
          <Fact label={t('report:acted')} text={list(actors(open))} />
        </dl>
      </Section>
    </>
  );
}

const startedBy = ({ run }: OpenRun): string => {
  const started = run.timeline.find((entry) => entry.type === 'started');
  return started?.detail.name ?? started?.by ?? run.coordinator;
};

/** Who wrote to the log, and who answered a call. */
function actors({ run }: OpenRun): readonly string[] {
  const names = new Set<string>();
  for (const { by } of run.timeline) if (by) names.add(by);
  for (const { reachedBy } of run.calls.nodes) if (reachedBy) names.add(reachedBy);
  return [...names];
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  if (!text) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className={own.text}>{text}</dd>
    </>
  );
}
