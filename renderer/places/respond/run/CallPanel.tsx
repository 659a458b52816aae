/** The call tree runner: one number to dial, four possible outcomes, one keystroke each. */
import { useState } from 'react';
import { Anchor, Button, Progress, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toCall, type CallState } from '../../../../shared/response/calls';
import { outcomes, type Outcome } from '../../../../shared/response/entry';
import type { Frozen } from '../../../../shared/response/frozen';
import type { RunState } from '../../../../shared/response/run';
import { Tone } from '../../../ui/Tone';
import { useLabels } from '../../../ui/labels';
import { daysSince, timeOfDay } from '../clockText';
import { Panel } from '../Panel';
import { bestPhone, otherPhones } from '../phones';
import type { Act } from '../useRunActions';
import { useRunKeys } from './useRunKeys';
import { useList } from '../useList';
import own from './Run.module.css';
import classes from '../Respond.module.css';

interface CallPanelProps {
  readonly frozen: Frozen;
  readonly run: RunState;
  readonly now: number;
  readonly act: Act;
  readonly active: boolean;
}

const NEXT_SHOWN = 2;

export function CallPanel({ frozen, run, now, act, active }: CallPanelProps) {
  const { t } = useTranslation();
  const list = useList();
  const { calls } = run;
  const [chosen, setChosen] = useState<string>();
  const [all, setAll] = useState(false);
  const current = calls.queue.find((state) => state.node.id === chosen) ?? calls.queue[0];
  const share = calls.total ? Math.round((100 * calls.reached) / calls.total) : 0;

  async function log(outcome: Outcome) {
    const person = current && toCall(current);
    if (!active || !current || !person) return;
    const detail = { outcome, who: current.nextWho, name: person.name };
    if (await act('call', { subject: current.node.id, detail })) setChosen(undefined);
  }
  useRunKeys(outcomes.map((outcome, i) => [String(i + 1), () => void log(outcome)]));

  const latest = calls.nodes
    .filter((state) => state.attempts.length && state !== current)
    .toSorted((a, b) => (b.attempts.at(-1)?.at ?? 0) - (a.attempts.at(-1)?.at ?? 0))[0];
  const next = calls.queue.filter((state) => state !== current).slice(0, NEXT_SHOWN);
  return (
    <Panel
      title={t('respond:call.title')}
      aside={t('respond:call.reached', { reached: calls.reached, total: calls.total, share })}
      className={own.calls}
    >
      {calls.total === 0 ? (
        <p className={classes.empty}>{t('respond:call.none')}</p>
      ) : (
        <>
          <Progress
            value={share}
            color="green"
            size={6}
            mb={6}
            aria-label={t('respond:call.share')}
          />
          {latest && !all && <NodeLine state={latest} />}
          {current && active && (
            <Current
              state={current}
              now={now}
              message={frozen.plan?.message ?? ''}
              onLog={(outcome) => void log(outcome)}
            />
          )}
          {!calls.queue.length && <p className={own.sub}>{t('respond:call.all')}</p>}
          {!all && next.length > 0 && (
            <div className={own.sub}>
              {t('respond:call.next', {
                names: list(
                  next.map((state) =>
                    t('respond:inBrackets', {
                      text: toCall(state)?.name ?? t('respond:call.nobody'),
                      more: state.node.role,
                    }),
                  ),
                ),
              })}
            </div>
          )}
          {all && (
            <ul className={own.list}>
              {calls.nodes.map((state) => (
                <li key={state.node.id} style={{ paddingLeft: state.depth * 14 }}>
                  <UnstyledButton
                    className={own.nodeButton}
                    disabled={state.reachedAt !== undefined || !active}
                    onClick={() => setChosen(state.node.id)}
                  >
                    <NodeLine state={state} />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          )}
          <Anchor component="button" type="button" size="xs" onClick={() => setAll(!all)}>
            {t(all ? 'respond:call.less' : 'respond:call.wholeTree')}
          </Anchor>
        </>
      )}
    </Panel>
  );
}

function NodeLine({ state }: { readonly state: CallState }) {
  const { t } = useTranslation();
  const { node, attempts, reachedAt, reachedBy } = state;
  const last = attempts.at(-1);
  return (
    <div className={own.node}>
      <span className={classes.grow}>
        <span className={classes.strong}>
          {reachedBy || (node.person?.name ?? t('respond:call.nobody'))}
        </span>{' '}
        <span className={classes.dim}>
          {node.role}
          {reachedAt === undefined && last && ` · ${t(`respond:call.outcome.${last.outcome}`)}`}
          {reachedAt === undefined && attempts.length > 1 && ` ×${attempts.length}`}
        </span>
      </span>
      {last && (
        <Tone tone={reachedAt === undefined ? 'warn' : 'good'}>
          {reachedAt === undefined
            ? timeOfDay(last.at)
            : t('respond:call.reachedAt', { time: timeOfDay(reachedAt) })}
        </Tone>
      )}
    </div>
  );
}

interface CurrentProps {
  readonly state: CallState;
  readonly now: number;
  readonly message: string;
  onLog(outcome: Outcome): void;
}

function Current({ state, now, message, onLog }: CurrentProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { node, nextWho } = state;
  const person = toCall(state);
  const phone = bestPhone(person, node.channel);
  const verified = daysSince(person?.lastVerified || node.lastVerified, now);
  return (
    <div className={own.current} role="group" aria-label={t('respond:call.current')}>
      <div>
        <span className={classes.strong}>{person?.name ?? t('respond:call.nobody')}</span>{' '}
        <span className={classes.dim}>
          {nextWho === 'deputy' && node.person && node.deputy
            ? `${t('respond:call.for', { name: node.person.name })} · ${node.role}`
            : node.role}
        </span>
      </div>
      {phone ? (
        <div className={own.bigNumber}>{phone.number}</div>
      ) : (
        <div className={own.late}>{t('respond:call.noPhone')}</div>
      )}
      <div className={own.sub}>
        {[
          ...otherPhones(person, node.channel).map(
            (other) => `${labels.field('person', other.type)} ${other.number}`,
          ),
          verified === undefined
            ? t('respond:call.neverVerified')
            : t('respond:call.verified', { count: verified }),
          node.within !== null && t('respond:call.within', { minutes: node.within }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {message && (
        <details className={own.message}>
          <summary>{t('respond:call.message')}</summary>
          {message}
        </details>
      )}
      <div className={own.outcomes}>
        {outcomes.map((outcome, i) => (
          <Button
            key={outcome}
            size="xs"
            px={8}
            variant={outcome === 'reached' ? 'filled' : 'default'}
            aria-keyshortcuts={String(i + 1)}
            aria-label={t(`respond:call.outcome.${outcome}`)}
            disabled={!person}
            onClick={() => onLog(outcome)}
          >
            {t(`respond:call.outcome.${outcome}`)}
            <span className={classes.kbd} aria-hidden>
              {i + 1}
            </span>
          </Button>
        ))}
      </div>
    </div>
  );
}
