/** Whether the text before you is the one that was approved; and if not, what is different. */
import { Button, Group, Text } from '@mantine/core';
import { IconRosetteDiscountCheck, IconRosetteDiscountCheckOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordState } from '../../../shared/log/record';
import { useVault } from '../../app/vaultContext';
import { localTime } from '../times';
import { ChangesSince } from './ChangesSince';
import { useApprovalState } from './useApprovals';
import { useApprove } from './useApprove';
import classes from './conflict.module.css';

export function ApprovalPanel({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation();
  const state = useApprovalState()(record);
  if (state.is === 'none') return null;
  if (state.is === 'approved') {
    const { by, at } = state.approval;
    return (
      <Group gap={6} className={classes.approved ?? ''}>
        <IconRosetteDiscountCheck size={17} stroke={1.7} aria-hidden />
        <Text size="sm">{t('review:approval.by', { by, at: localTime(at) })}</Text>
      </Group>
    );
  }
  if (state.is === 'unnamed') {
    return (
      <Group gap="sm" justify="space-between" className={classes.unnamed ?? ''}>
        <Text size="sm" c="dimmed" maw={720}>
          {t('review:approval.unnamed')}
        </Text>
        <ApproveButton record={record} again={false} />
      </Group>
    );
  }
  const { by, at } = state.approval;
  return (
    <section className={classes.changed} aria-labelledby="changed-since">
      <div className={classes.changedTitle}>
        <IconRosetteDiscountCheckOff size={18} stroke={1.7} aria-hidden />
        <Text fw={600} size="sm" id="changed-since">
          {t('review:approval.changed', { count: state.changes.length })}
        </Text>
      </div>
      <Text size="sm" mb="sm" c="dimmed">
        {t('review:approval.changedText', { by, at: localTime(at) })}
      </Text>
      <ChangesSince record={record} approval={state.approval} changes={state.changes} />
      <div className={classes.actions}>
        <ApproveButton record={record} again />
      </div>
    </section>
  );
}

interface ApproveButtonProps {
  readonly record: RecordState;
  readonly again: boolean;
}

export function ApproveButton({ record, again }: ApproveButtonProps) {
  const { t } = useTranslation();
  const readOnly = !useVault().isWriter();
  const approve = useApprove();
  return (
    <Button
      size="compact-sm"
      variant="light"
      disabled={readOnly}
      leftSection={<IconRosetteDiscountCheck size={15} aria-hidden />}
      onClick={() => void approve(record)}
    >
      {t(again ? 'review:approval.again' : 'review:approval.approve')}
    </Button>
  );
}
