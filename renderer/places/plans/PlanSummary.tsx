/** What the plan promises, at a glance: services with times, losses covered, the longest chain. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { endOf } from '../../../shared/projection/references';
import { useVault } from '../../app/vaultContext';
import { duration } from '../../ui/formatValue';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { Tone } from '../../ui/Tone';
import { backAfter, type PlanSteps } from './steps';
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
  const unowned = plan.steps.filter((step) => !step.record.values.owner).length;
  const circle = plan.steps.filter((step) => plan.path.cyclic.includes(step.id));

  return (
    <div className={classes.summary}>
      <Item label={t('plans:restores')}>
        <div className={classes.services}>
          {services.map((service) => (
            <Service key={service} id={service} plan={plan} />
          ))}
        </div>
        {!services.length && t('plans:noServices')}
      </Item>
      <Item label={t('plans:covers')}>
        {covers.map((one) => (
          <RecordLink key={one} id={one} />
        ))}
        {!covers.length && t('plans:noLosses')}
      </Item>
      <Item label={t('plans:takes')}>
        <Text size="lg" fw={700} lh={1.2} w="100%">
          {duration(labels, plan.path.minutes)}
        </Text>
        {circle.length > 0 && (
          <Tone tone="bad">
            {t('plans:cyclic', { steps: circle.map((step) => step.no).join(', ') })}
          </Tone>
        )}
        {unowned > 0 && <Tone tone="warn">{t('plans:withoutOwner', { count: unowned })}</Tone>}
        {!plan.steps.length && <Tone tone="warn">{t('plans:noSteps')}</Tone>}
      </Item>
    </div>
  );
}

/** A service with the planned minute of its return against its RTO. */
function Service({ id, plan }: { readonly id: string; readonly plan: PlanSteps }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const rto = projection.get(id)?.values.rto;
  const back = backAfter(plan, id);
  const target = typeof rto === 'number' ? duration(labels, rto) : '—';
  return (
    <div className={classes.service}>
      <RecordLink id={id} icon={false} />
      {back === undefined ? (
        <Text size="xs" c="dimmed">
          RTO {target}
        </Text>
      ) : (
        <Tone tone={typeof rto === 'number' ? (back > rto ? 'bad' : 'good') : 'neutral'}>
          {t('plans:backAfter', { time: duration(labels, back), rto: target })}
        </Tone>
      )}
    </div>
  );
}

const Item = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className={classes.item}>
    <div className={classes.itemLabel}>{label}</div>
    <div className={classes.itemBody}>{children}</div>
  </div>
);
