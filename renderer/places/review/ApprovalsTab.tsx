/** Documents and plans whose text is no longer the one that was approved. */
import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { numberOf } from '../../ui/recordTitle';
import { ApproveButton } from '../../ui/record/ApprovalPanel';
import { ChangesSince } from '../../ui/record/ChangesSince';
import type { ChangedApproval } from '../../ui/record/useApprovals';
import { StatusBadge } from '../../ui/StatusBadge';
import { localTime } from '../../ui/times';
import { Empty } from './Empty';
import classes from './review.module.css';

/** Reading what changed costs a look into the log for each. */
const STEP = 20;

export function ApprovalsTab({ changed }: { readonly changed: readonly ChangedApproval[] }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [most, setMost] = useState(STEP);
  if (!changed.length) {
    return <Empty title={t('review:none.approvals')} text={t('review:none.approvalsText')} />;
  }
  return (
    <div className={classes.cards}>
      <Text size="sm" c="dimmed" maw={760}>
        {t('review:approval.lead')}
      </Text>
      {changed.slice(0, most).map(({ record, state }) => {
        const kind = kindOf(record.kind);
        const { by, at } = state.approval;
        return (
          <section key={record.id} className={classes.card} aria-labelledby={`since-${record.id}`}>
            <Group justify="space-between" align="flex-start" mb="xs">
              <div>
                <Group gap={8}>
                  <Text fw={600} id={`since-${record.id}`} component="h2" size="sm" m={0}>
                    <RecordLink id={record.id} />
                  </Text>
                  <Text size="xs" c="dimmed">
                    {labels.kind(record.kind)} {numberOf(record)}
                  </Text>
                  {kind && <StatusBadge kind={kind} value={record.values.status} />}
                </Group>
                <Text size="xs" c="dimmed">
                  {t('review:approval.by', { by, at: localTime(at) })}
                </Text>
              </div>
              <ApproveButton record={record} again />
            </Group>
            <ChangesSince record={record} approval={state.approval} changes={state.changes} />
          </section>
        );
      })}
      {changed.length > most && (
        <Button size="compact-sm" variant="subtle" onClick={() => setMost(most + STEP)}>
          {t('review:more', { count: changed.length - most })}
        </Button>
      )}
    </div>
  );
}
