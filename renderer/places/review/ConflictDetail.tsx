/** One conflict at full size, and what else of the same record is open. */
import { Button, Group, Menu, Text, Title } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import { DELETED, LINK } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import { conflictsIn, stampsOf, type Conflict } from '../../../shared/review/conflict';
import { choiceBy, settle } from '../../../shared/review/decide';
import { useVault } from '../../app/vaultContext';
import { KindIcon } from '../../ui/KindIcon';
import { useLabels } from '../../ui/labels';
import { FieldConflict } from '../../ui/record/FieldConflict';
import { useDevices } from '../../ui/record/useDevices';
import { useChanges } from '../../ui/record/useRecordChanges';
import { RecordLink } from '../../ui/RecordLink';
import { numberOf } from '../../ui/recordTitle';
import { UnknownKind } from '../../ui/UnknownKind';
import { recordName } from './recordName';
import classes from './review.module.css';

interface ConflictDetailProps {
  readonly conflict: Conflict;
  readonly typing: boolean;
  onTyping(typing: boolean): void;
  onDecide(edits: readonly Edit[]): void;
}

export function ConflictDetail({ conflict, typing, onTyping, onDecide }: ConflictDetailProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const record = projection.get(conflict.id);
  const changes = useChanges(record?.dots ?? []);
  const kind = kindOf(conflict.kind);
  if (!record) return null;
  if (!kind) return <UnknownKind kind={conflict.kind} />;
  const siblings = conflictsIn(record);
  return (
    <section className={classes.detail} aria-labelledby="review-detail">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Group gap={6}>
            <KindIcon kind={kind.name} color="var(--mantine-color-dimmed)" />
            <Text size="sm" c="dimmed">
              {labels.kind(kind.name)} {numberOf(record)}
            </Text>
          </Group>
          <Title order={2} size="h4" id="review-detail">
            {conflict.field === DELETED
              ? t('review:deletion')
              : labels.field(kind.name, conflict.field)}
          </Title>
          <Text size="sm" component="div">
            {kind.name === LINK ? (
              recordName(projection, labels, record)
            ) : (
              <RecordLink id={record.id} icon={false} />
            )}
          </Text>
        </div>
        {siblings.length > 1 && <WholeRecord conflicts={siblings} onDecide={onDecide} />}
      </Group>
      <FieldConflict
        kind={kind}
        record={record}
        conflict={conflict}
        changes={changes}
        onDecide={onDecide}
        typing={typing}
        onTyping={onTyping}
        keys
      />
    </section>
  );
}

/** "Everything from that device", for a record with several fields in conflict. */
function WholeRecord({
  conflicts,
  onDecide,
}: {
  readonly conflicts: readonly Conflict[];
  onDecide(edits: readonly Edit[]): void;
}) {
  const { t } = useTranslation();
  const devices = useDevices();
  const readOnly = !useVault().isWriter();
  const replicas = [...new Set(conflicts.flatMap((one) => stampsOf(one).map(({ r }) => r)))];
  const takeFrom = (replica: string) => {
    const rule = { take: 'devices', devices: new Set([replica]) } as const;
    return conflicts.flatMap((one) => {
      const choice = choiceBy(rule, one);
      return choice ? [settle(one, choice.value)] : [];
    });
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          disabled={readOnly}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('review:wholeRecord')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {replicas.map((replica) => {
          const edits = takeFrom(replica);
          return (
            <Menu.Item key={replica} onClick={() => onDecide(edits)}>
              {t('review:takeAllFrom', { count: edits.length, device: devices.name(replica) })}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
