/** Which plan to follow: those made for this loss first, or none. */
import { useState } from 'react';
import { Button, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { plan as planKind } from '../../../../shared/kinds/plan';
import type { RankedPlan } from '../../../../shared/response/rankPlans';
import { numberOf, titleOf } from '../../../ui/recordTitle';
import { StatusBadge } from '../../../ui/StatusBadge';
import own from './Declare.module.css';
import classes from '../Respond.module.css';

const SHOWN = 3;
export const NO_PLAN = '';

interface PlanChoiceProps {
  readonly plans: readonly RankedPlan[];
  /** Id of the plan, or NO_PLAN. */
  readonly value: string;
  onChange(plan: string): void;
}

export function PlanChoice({ plans, value, onChange }: PlanChoiceProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const first = plans.slice(0, SHOWN);
  const chosen = plans.find(({ plan }) => plan.id === value);
  const shown = all || (chosen && !first.includes(chosen)) ? plans : first;
  return (
    <Radio.Group
      value={value}
      onChange={onChange}
      label={t('respond:declare.plan')}
      classNames={{ label: own.label ?? '' }}
    >
      {shown.map(({ plan, covers, restores }) => (
        <Radio.Card key={plan.id} value={plan.id} className={own.plan ?? ''}>
          <Radio.Indicator size="sm" />
          <span className={classes.grow}>
            <span className={classes.strong}>{titleOf(plan)}</span>
            <span className={own.optionSub}>
              {[
                numberOf(plan),
                covers && t('respond:declare.covers'),
                restores > 0 && t('respond:declare.restores', { count: restores }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <StatusBadge kind={planKind} value={plan.values.status} />
        </Radio.Card>
      ))}
      <Radio.Card value={NO_PLAN} className={own.plan ?? ''}>
        <Radio.Indicator size="sm" />
        <span className={classes.grow}>
          <span className={classes.strong}>{t('respond:declare.noPlan')}</span>
          <span className={own.optionSub}>
            {t(plans.length ? 'respond:declare.noPlanText' : 'respond:declare.noPlansYet')}
          </span>
        </span>
      </Radio.Card>
      {shown.length < plans.length && (
        <Button variant="subtle" size="compact-xs" mt={4} onClick={() => setAll(true)}>
          {t('respond:declare.morePlans', { count: plans.length - shown.length })}
        </Button>
      )}
    </Radio.Group>
  );
}
