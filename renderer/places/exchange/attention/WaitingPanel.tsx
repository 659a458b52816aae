/** What came before the file it builds on: which one is missing, and from whom. */
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { inboxGaps } from '../../../../shared/exchange/sequence';
import { useVault } from '../../../app/vaultContext';
import { sentences } from '../../../ui/sentences';
import { Tone } from '../../../ui/Tone';
import classes from '../exchange.module.css';
import { useGapText } from './gapText';

export function WaitingPanel() {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const gapText = useGapText();
  const waiting = vault.exchange.waiting().filter(({ reason }) => reason === 'gap');
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
        <Tone tone="warn">{String(gaps.length)}</Tone>
      </div>
      <Text size="sm" c="dimmed">
        {sentences(i18n.language, t('exchange:waiting.help'), t('exchange:waiting.heal'))}
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
