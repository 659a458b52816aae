/** The log of the run: append-only, newest first, one line to type into. */
import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RecordId } from '../../../../shared/log/change';
import type { Frozen } from '../../../../shared/response/frozen';
import type { RunState } from '../../../../shared/response/run';
import { AttachButton } from '../../../attachments/AttachButton';
import { dayAndTime } from '../clockText';
import { Panel } from '../Panel';
import { useEntryText } from '../useEntryText';
import type { Act } from '../useRunActions';
import own from './Run.module.css';
import classes from '../Respond.module.css';

interface LogPanelProps {
  /** The drill or invocation. */
  readonly id: RecordId;
  readonly frozen: Frozen;
  readonly run: RunState;
  readonly act: Act;
  readonly active: boolean;
}

const DECISION = /^\/(?:decision|d|决定)\s+/i;

export function LogPanel({ id, frozen, run, act, active }: LogPanelProps) {
  const { t } = useTranslation();
  const textOf = useEntryText(frozen);
  const [line, setLine] = useState('');

  async function send() {
    const text = line.trim();
    if (!text) return;
    const decision = DECISION.test(`${text} `) ? text.replace(DECISION, '').trim() : undefined;
    if (decision === '') return;
    const done = await act(decision ? 'decision' : 'note', { text: decision ?? text });
    if (done) setLine('');
  }

  return (
    <Panel
      title={t('respond:log.title')}
      aside={t('respond:log.appendOnly')}
      footer={
        active && (
          <TextInput
            size="sm"
            aria-label={t('respond:log.write')}
            placeholder={t('respond:log.placeholder')}
            value={line}
            rightSection={<AttachButton of={id} />}
            onChange={(event) => setLine(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) void send();
            }}
          />
        )
      }
    >
      <ol className={own.log} aria-label={t('respond:log.title')}>
        {run.timeline.toReversed().map((entry) => (
          <li key={entry.id} data-type={entry.type}>
            <time dateTime={new Date(entry.at).toISOString()}>
              {dayAndTime(entry.at, run.stoodDownAt ?? run.timeline.at(-1)?.at ?? entry.at)}
            </time>
            <span>
              {textOf(entry)} <span className={classes.dim}>{entry.by}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
