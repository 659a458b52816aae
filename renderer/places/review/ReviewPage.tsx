/** What only people can decide: conflicts, suggested duplicates, texts changed since approval. */
import { Tabs, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCopy, IconRosetteDiscountCheckOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import { CreateRecordProvider } from '../../ui/form/CreateRecordProvider';
import { Tone } from '../../ui/Tone';
import { ApprovalsTab } from './ApprovalsTab';
import { ConflictsTab } from './ConflictsTab';
import { DuplicatesTab } from './DuplicatesTab';
import classes from './review.module.css';
import { useChangedApprovals } from '../../ui/record/useApprovals';
import { useDuplicates } from './useDuplicates';
import { allConflictCount } from './conflictCount';

export function ReviewPage() {
  const { t } = useTranslation();
  const vault = useVault();
  const { tab = 'conflicts' } = useParams();
  const [, navigate] = useLocation();
  const duplicates = useDuplicates();
  const changed = useChangedApprovals();
  const conflicts = allConflictCount(vault.projection);
  const go = (next: string | null) =>
    navigate(
      next === 'duplicates'
        ? paths.duplicates
        : next === 'approvals'
          ? paths.approvals
          : paths.review,
    );
  return (
    <CreateRecordProvider>
      <div className={classes.page}>
        <div>
          <Title order={1} size="h3">
            {t('review:title')}
          </Title>
          <Text size="sm" c="dimmed" maw={860}>
            {t('review:lead')}
          </Text>
        </div>
        <Tabs value={tab} onChange={go} keepMounted={false} className={classes.tabs ?? ''}>
          <Tabs.List>
            <Tabs.Tab
              value="conflicts"
              leftSection={<IconAlertTriangle size={15} aria-hidden />}
              rightSection={<Count count={conflicts} tone="bad" />}
            >
              {t('review:tab.conflicts')}
            </Tabs.Tab>
            <Tabs.Tab
              value="duplicates"
              leftSection={<IconCopy size={15} aria-hidden />}
              rightSection={<Count count={duplicates.groups.length} tone="warn" />}
            >
              {t('review:tab.duplicates')}
            </Tabs.Tab>
            <Tabs.Tab
              value="approvals"
              leftSection={<IconRosetteDiscountCheckOff size={15} aria-hidden />}
              rightSection={<Count count={changed.length} tone="warn" />}
            >
              {t('review:tab.approvals')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="conflicts" className={classes.panel ?? ''}>
            <ConflictsTab />
          </Tabs.Panel>
          <Tabs.Panel value="duplicates" className={classes.panel ?? ''}>
            <DuplicatesTab found={duplicates} />
          </Tabs.Panel>
          <Tabs.Panel value="approvals" className={classes.panel ?? ''}>
            <ApprovalsTab changed={changed} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </CreateRecordProvider>
  );
}

function Count({ count, tone }: { readonly count: number; readonly tone: 'bad' | 'warn' }) {
  return <Tone tone={count ? tone : 'neutral'}>{String(count)}</Tone>;
}
