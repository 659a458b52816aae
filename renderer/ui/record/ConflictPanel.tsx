/** Fields that several devices changed without knowing of each other: all values, side by side. */
import { useState } from 'react';
import { Anchor, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { DELETED } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import type { RecordState } from '../../../shared/log/record';
import { conflictsIn } from '../../../shared/review/conflict';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useCommit } from '../../app/useCommit';
import { useLabels } from '../labels';
import { FieldConflict } from './FieldConflict';
import { useChanges } from './useRecordChanges';
import classes from './conflict.module.css';

interface ConflictPanelProps {
  readonly kind: KindDef;
  readonly record: RecordState;
}

export function ConflictPanel({ kind, record }: ConflictPanelProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const conflicts = conflictsIn(record);
  const changes = useChanges(conflicts.length ? record.dots : []);
  const commit = useCommit();
  const [typing, setTyping] = useState<string>();
  if (!conflicts.length) return null;
  const decide = (edits: readonly Edit[]) => {
    setTyping(undefined);
    void commit(edits, { op: 'resolve' }, t('record:conflictResolved'));
  };

  return (
    <section className={classes.conflicts} aria-labelledby="record-conflicts">
      <div className={classes.conflictsTitle}>
        <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
        <Text fw={600} size="sm" id="record-conflicts">
          {t('record:conflictTitle', { count: conflicts.length })}
        </Text>
      </div>
      <Text size="sm" mb="sm">
        {t('record:conflictText')}{' '}
        <Anchor inherit underline="always" href={href(paths.reviewOf(record.id))}>
          {t('review:openQueue')}
        </Anchor>
      </Text>
      <Stack gap="md">
        {conflicts.map((conflict) => (
          <div key={conflict.key}>
            <Text size="sm" fw={600} mb={4}>
              {conflict.field === DELETED
                ? t('record:contested')
                : labels.field(kind.name, conflict.field)}
            </Text>
            <FieldConflict
              kind={kind}
              record={record}
              conflict={conflict}
              changes={changes}
              onDecide={decide}
              typing={typing === conflict.key}
              onTyping={(now) => setTyping(now ? conflict.key : undefined)}
            />
          </div>
        ))}
      </Stack>
    </section>
  );
}
