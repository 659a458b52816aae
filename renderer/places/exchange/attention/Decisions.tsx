/** What people have to decide: conflicts, duplicates, texts changed since approval. */
import { Anchor, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '../../../app/hashLocation';
import { paths } from '../../../app/paths';
import { useVault } from '../../../app/vaultContext';
import { useChangedApprovals } from '../../../ui/record/useApprovals';
import { Tone } from '../../../ui/Tone';
import { allConflictCount } from '../../review/conflictCount';
import { useDuplicates } from '../../review/useDuplicates';
import classes from '../exchange.module.css';

/** How much there is for people to decide, and the way to where they do. `quiet`: there is nothing else. */
export function Decisions({ quiet }: { readonly quiet: boolean }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const conflicts = allConflictCount(projection);
  const duplicates = useDuplicates().groups.length;
  const changed = useChangedApprovals().length;
  if (!conflicts && !duplicates && !changed) {
    return quiet ? (
      <Text size="sm" c="dimmed">
        {t('exchange:attention.none')}
      </Text>
    ) : null;
  }
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
