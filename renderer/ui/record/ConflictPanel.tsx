/** Fields that two sites changed without knowing of each other: all values, side by side. */
import { Alert, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { DELETED, dotOf } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import { conflictsOf, headsOf, type Head, type RecordState } from '../../../shared/log/record';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../FieldValue';
import { formatValue } from '../formatValue';
import { useLabels } from '../labels';
import { titleIn } from '../recordTitle';
import { localTime } from '../times';
import { Tone } from '../Tone';
import { useFormat } from '../useFormat';
import { useHistory } from './useHistory';
import own from './record.module.css';

interface ConflictPanelProps {
  readonly kind: KindDef;
  readonly record: RecordState;
}

export function ConflictPanel({ kind, record }: ConflictPanelProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const format = useFormat();
  const readOnly = !useVault().isWriter();
  const fields = conflictsOf(record);
  const authors = useAuthors(record, fields.length > 0);
  const commit = useCommit();
  if (!fields.length) return null;
  const resolve = (edit: Edit) => commit([edit], { op: 'resolve' }, t('record:conflictResolved'));

  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle />}
      title={t('record:conflictTitle', { count: fields.length })}
    >
      <Text size="sm" mb="sm">
        {t('record:conflictText')}
      </Text>
      <Stack gap="md">
        {fields.map((field) =>
          field === DELETED ? (
            <Group key={field} gap="xs">
              <Text size="sm">{t('record:contested')}</Text>
              <Button
                size="xs"
                disabled={readOnly}
                onClick={() => void resolve({ do: 'restore', id: record.id })}
              >
                {t('record:keepRecord')}
              </Button>
              <Button
                size="xs"
                color="red"
                variant="light"
                disabled={readOnly}
                onClick={() => void resolve({ do: 'delete', id: record.id })}
              >
                {t('record:deleteRecord')}
              </Button>
            </Group>
          ) : (
            <div key={field} role="group" aria-label={labels.field(kind.name, field)}>
              <Text size="sm" fw={600} mb={4}>
                {labels.field(kind.name, field)}
              </Text>
              <SimpleGrid cols={2} spacing="xs">
                {headsOf(record, field).map((head, i) => (
                  <div
                    key={dotOf(head.stamp)}
                    className={own.head}
                    role="group"
                    aria-label={
                      formatValue(format, kind, field, head.value) || t('history:nothing')
                    }
                  >
                    <Group gap={8}>
                      <FieldValue kind={kind} name={field} value={head.value} />
                      {i === 0 && <Tone tone="neutral">{t('record:shownMeanwhile')}</Tone>}
                    </Group>
                    <HeadLine head={head} author={authors.get(dotOf(head.stamp))} />
                    <Button
                      mt={6}
                      size="compact-xs"
                      disabled={readOnly}
                      variant="default"
                      onClick={() =>
                        void resolve({ do: 'set', id: record.id, fields: { [field]: head.value } })
                      }
                    >
                      {t('record:keepThis')}
                    </Button>
                  </div>
                ))}
              </SimpleGrid>
            </div>
          ),
        )}
      </Stack>
    </Alert>
  );
}

function HeadLine({ head, author }: { readonly head: Head; readonly author: string | undefined }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const device = titleIn(projection, head.stamp.r);
  return (
    <Text size="xs" c="dimmed">
      {author ? `${author} · ` : ''}
      {localTime(head.stamp.t[0])} · {t('history:onDevice', { device })}
    </Text>
  );
}

/** Who wrote each head: the log knows, the projection does not. */
function useAuthors(record: RecordState, wanted: boolean): ReadonlyMap<string, string> {
  const entries = useHistory(record.id, wanted);
  return new Map((entries ?? []).map((entry) => [entry.dot, entry.by]));
}
