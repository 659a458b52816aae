/** What needs a look: segments that wait for a missing file, and records in conflict. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { inboxGaps, type Gap } from '../../../shared/exchange/sequence';
import { DELETED } from '../../../shared/log/change';
import { conflictsOf } from '../../../shared/log/record';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { Tone } from '../../ui/Tone';
import { deviceName, listText } from './deviceNames';
import classes from './exchange.module.css';

const SHOWN = 50;

interface Named {
  readonly replica: string;
  readonly name: string;
}

/** `sender` names a device that is not known here yet. */
export function useGapText(sender?: Named): (gap: Gap) => string {
  const { t } = useTranslation();
  const vault = useVault();
  return (gap) =>
    t(gap.from === gap.to ? 'exchange:waiting.gapSingle' : 'exchange:waiting.gap', {
      count: gap.held,
      device: sender?.replica === gap.replica ? sender.name : deviceName(vault, gap.replica, t),
      from: gap.from,
      to: gap.to,
    });
}

export function WaitingPanel() {
  const { t } = useTranslation();
  const vault = useVault();
  const gapText = useGapText();
  const waiting = vault.exchange.waiting();
  if (!waiting.length) return null;
  const gaps = inboxGaps(
    waiting.map((item) => item.segment),
    vault.projection.have(),
  );
  const filesOf = (replica: string) =>
    [...new Set(waiting.filter((w) => w.segment.replica === replica).map((w) => w.fileName))].join(
      ', ',
    );
  return (
    <section className={classes.panel} aria-labelledby="exchange-waiting">
      <div className={classes.panelHead}>
        <Title order={2} size="h5" id="exchange-waiting">
          {t('exchange:waiting.title')}
        </Title>
        <Tone tone="warn">{String(waiting.length)}</Tone>
      </div>
      <Text size="sm" c="dimmed">
        {t('exchange:waiting.help')}
      </Text>
      <ul className={classes.rows}>
        {gaps.map((gap) => (
          <li key={gap.replica}>
            {gapText(gap)}
            <Text size="xs" c="dimmed">
              {t('exchange:waiting.files', { files: filesOf(gap.replica) })}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ConflictPanel() {
  const { t, i18n } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const ids = [...projection.conflicts()];
  if (!ids.length) return null;
  return (
    <section className={classes.panel} aria-labelledby="exchange-conflicts">
      <div className={classes.panelHead}>
        <Title order={2} size="h5" id="exchange-conflicts">
          {t('exchange:conflicts.title')}
        </Title>
        <Tone tone="bad">{String(ids.length)}</Tone>
      </div>
      <Text size="sm" c="dimmed">
        {t('exchange:conflicts.help')}
      </Text>
      <ul className={classes.rows}>
        {ids.slice(0, SHOWN).map((id) => {
          const state = projection.get(id);
          const fields = (state ? conflictsOf(state) : []).map((field) =>
            field === DELETED
              ? t('exchange:conflicts.deleted')
              : labels.field(state?.kind ?? '', field),
          );
          return (
            <li key={id}>
              <RecordLink id={id} />
              <Text size="xs" c="dimmed">
                {t('exchange:conflicts.fields', { fields: listText(fields, i18n.language) })}
              </Text>
            </li>
          );
        })}
      </ul>
      {ids.length > SHOWN && (
        <Text size="sm" c="dimmed">
          {t('exchange:conflicts.more', { count: ids.length - SHOWN })}
        </Text>
      )}
    </section>
  );
}
