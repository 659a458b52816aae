/** What needs a look: segments that wait for a missing file, and what people have to decide. */
import { Anchor, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { inboxGaps, type Gap } from '../../../shared/exchange/sequence';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import { useChangedApprovals } from '../../ui/record/useApprovals';
import { Tone } from '../../ui/Tone';
import { allConflictCount } from '../review/conflictCount';
import { useDuplicates } from '../review/useDuplicates';
import { deviceName } from './deviceNames';
import classes from './exchange.module.css';

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

/** How much there is for people to decide, and the way to where they do. */
export function ConflictPanel() {
  const { t } = useTranslation();
  const { projection } = useVault();
  const conflicts = allConflictCount(projection);
  const duplicates = useDuplicates().groups.length;
  const changed = useChangedApprovals().length;
  if (!conflicts && !duplicates && !changed) return null;
  const lines = [
    { count: conflicts, key: 'conflicts', path: paths.review, tone: 'bad' },
    { count: duplicates, key: 'duplicates', path: paths.duplicates, tone: 'warn' },
    { count: changed, key: 'approvals', path: paths.approvals, tone: 'warn' },
  ] as const;
  return (
    <section className={classes.panel} aria-labelledby="exchange-conflicts">
      <div className={classes.panelHead}>
        <Title order={2} size="h5" id="exchange-conflicts">
          {t('review:title')}
        </Title>
      </div>
      <Text size="sm" c="dimmed">
        {t('review:lead')}
      </Text>
      <ul className={classes.rows}>
        {lines
          .filter(({ count }) => count > 0)
          .map(({ count, key, path, tone }) => (
            <li key={key}>
              <Group justify="space-between">
                <Anchor href={href(path)} size="sm">
                  {t(`review:tab.${key}`)}
                </Anchor>
                <Tone tone={tone}>{String(count)}</Tone>
              </Group>
            </li>
          ))}
      </ul>
    </section>
  );
}
