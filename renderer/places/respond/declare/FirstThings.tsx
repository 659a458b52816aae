/** The first thing to do and the number to call, before anything has been started. */
import { IconListCheck, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Frozen } from '../../../../shared/response/frozen';
import { toCall } from '../../../../shared/response/calls';
import { foldRun } from '../../../../shared/response/run';
import { bestPhone } from '../phones';
import own from './Declare.module.css';
import classes from '../Respond.module.css';

export function FirstThings({
  frozen,
  mode,
}: {
  readonly frozen: Frozen;
  readonly mode: 'drill' | 'real';
}) {
  const { t } = useTranslation();
  const run = foldRun(frozen, [], mode);
  const step = run.steps.find((state) => state.status === 'ready')?.step;
  const call = run.calls.queue[0];
  const person = call ? toCall(call) : null;
  if (!step && !person) return null;
  return (
    <div className={own.first}>
      {step && (
        <div className={own.firstItem}>
          <IconListCheck size={18} aria-hidden />
          <div className={classes.grow}>
            <div className={own.hint}>{t('respond:declare.firstStep')}</div>
            <div className={classes.strong}>{step.title}</div>
            {step.owner && <div className={own.optionSub}>{step.owner.name}</div>}
          </div>
        </div>
      )}
      {call && person && (
        <div className={own.firstItem}>
          <IconPhone size={18} aria-hidden />
          <div className={classes.grow}>
            <div className={own.hint}>{t('respond:declare.firstCall')}</div>
            <div className={classes.strong}>
              {person.name} <span className={classes.dim}>{call.node.role}</span>
            </div>
            <div className={own.phone}>
              {bestPhone(person, call.node.channel)?.number ?? t('respond:call.noPhone')}
            </div>
          </div>
        </div>
      )}
    </div>
  );
}
