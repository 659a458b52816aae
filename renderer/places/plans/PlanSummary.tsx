/** What the plan promises, in one line: services, losses covered, the time it takes at least. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { endOf } from '../../../shared/projection/references';
import { useVault } from '../../app/vaultContext';
import { duration } from '../../ui/formatValue';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { Tone } from '../../ui/Tone';
import type { PlanSteps } from './steps';
import classes from './plans.module.css';

interface PlanSummaryProps {
  readonly id: string;
  readonly plan: PlanSteps;
}

export function PlanSummary({ id, plan }: PlanSummaryProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const ends = (relation: string) =>
    projection.linksFrom(id, relation).map((link) => endOf(link, 'to'));
  const services = ends('restores');
  const covers = ends('covers');
  const rtos = services
    .map((service) => projection.get(service)?.values.rto)
    .filter((rto) => typeof rto === 'number');
  const shortest = rtos.length ? Math.min(...rtos) : undefined;
  const late = shortest !== undefined && plan.untilRestored > shortest;
  const unowned = plan.steps.filter((step) => !step.record.values.owner).length;

  return (
    <div className={classes.summary}>
      <Item label={t('plans:restores')}>
        {services.length ? services.map((one) => <RecordLink key={one} id={one} />) : '—'}
      </Item>
      <Item label={t('plans:covers')}>
        {covers.length ? covers.map((one) => <RecordLink key={one} id={one} />) : '—'}
      </Item>
      <Item label={t('plans:takes')}>
        <Text size="lg" fw={700} lh={1.2}>
          {duration(labels, plan.path.minutes)}
        </Text>
        {shortest !== undefined && plan.steps.length > 0 && (
          <Tone tone={late ? 'bad' : 'good'}>
            {t(late ? 'plans:longerThanRto' : 'plans:withinRto', {
              time: duration(labels, plan.untilRestored),
              rto: duration(labels, shortest),
            })}
          </Tone>
        )}
      </Item>
      <Item label={t('plans:attention')}>
        {plan.path.cyclic.length > 0 && (
          <Tone tone="bad">
            {t('plans:cyclic', {
              steps: plan.steps
                .filter((step) => plan.path.cyclic.includes(step.id))
                .map((step) => step.no)
                .join(', '),
            })}
          </Tone>
        )}
        {unowned > 0 && <Tone tone="warn">{t('plans:withoutOwner', { count: unowned })}</Tone>}
        {!plan.steps.length && <Tone tone="warn">{t('plans:noSteps')}</Tone>}
        {plan.steps.length > 0 && !unowned && !plan.path.cyclic.length && (
          <Tone tone="good">{t('plans:nothingAmiss')}</Tone>
        )}
      </Item>
    </div>
  );
}

const Item = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes.item}>
    <div className={classes.itemLabel}>{label}</div>
    <div className={classes.itemBody}>{children}</div>
  </div>
);
