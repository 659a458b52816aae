/** What can be done with the selected records. */
import { useState } from 'react';
import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconPencil, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { checkValue } from '../../../shared/kinds/validate';
import type { Value } from '../../../shared/log/change';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { FieldInput } from '../form/FieldInput';
import { useErrorText } from '../form/errorText';
import { useLabels } from '../labels';
import classes from './KindTable.module.css';

interface BulkBarProps {
  readonly kind: KindDef;
  readonly ids: readonly string[];
  readonly deleted: boolean;
  onDone(): void;
}

export function BulkBar({ kind, ids, deleted, onDone }: BulkBarProps) {
  const { t } = useTranslation();
  const commit = useCommit();
  const readOnly = !useVault().isWriter();
  const [setting, setSetting] = useState(false);
  const count = ids.length;

  async function write(op: 'delete' | 'restore') {
    const done = op === 'delete' ? 'table:deletedCount' : 'table:restoredCount';
    const edits = ids.map((id) => ({ do: op, id }) as const);
    if (await commit(edits, undefined, t(done, { count }))) onDone();
  }

  const askDelete = () =>
    modals.openConfirmModal({
      title: t('table:deleteTitle', { count }),
      children: <Text size="sm">{t('table:deleteText')}</Text>,
      labels: { confirm: t('table:delete'), cancel: t('table:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void write('delete'),
    });

  return (
    <Group className={classes.bulk ?? ''} gap="xs" role="toolbar" aria-label={t('table:selection')}>
      <Text size="sm" fw={600}>
        {t('table:selected', { count })}
      </Text>
      {deleted ? (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconArrowBackUp size={14} />}
          disabled={readOnly}
          onClick={() => void write('restore')}
        >
          {t('table:restore')}
        </Button>
      ) : (
        !kind.appendOnly && (
          <>
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconPencil size={14} />}
              disabled={readOnly}
              onClick={() => setSetting(true)}
            >
              {t('table:setField')}
            </Button>
            <Button
              size="compact-sm"
              variant="light"
              color="red"
              leftSection={<IconTrash size={14} />}
              disabled={readOnly}
              onClick={askDelete}
            >
              {t('table:delete')}
            </Button>
          </>
        )
      )}
      <Button size="compact-sm" variant="subtle" leftSection={<IconX size={14} />} onClick={onDone}>
        {t('table:clearSelection')}
      </Button>
      <Modal
        opened={setting}
        onClose={() => setSetting(false)}
        title={t('table:setTitle', { count })}
      >
        <BulkSet
          kind={kind}
          ids={ids}
          onDone={() => {
            setSetting(false);
            onDone();
          }}
        />
      </Modal>
    </Group>
  );
}

function BulkSet({ kind, ids, onDone }: Pick<BulkBarProps, 'kind' | 'ids' | 'onDone'>) {
  const { t } = useTranslation();
  const labels = useLabels();
  const commit = useCommit();
  const errorText = useErrorText();
  const [name, setName] = useState<string | null>(null);
  const [value, setValue] = useState<Value>(null);
  const field = name ? kind.fields[name] : undefined;
  const refusal = field && checkValue(field, value);

  async function apply() {
    if (!name || refusal) return;
    const edits = ids.map((id) => ({ do: 'set', id, fields: { [name]: value } }) as const);
    const text = t('table:setCount', { count: ids.length, field: labels.field(kind.name, name) });
    if (await commit(edits, undefined, text)) onDone();
  }

  return (
    <Stack gap="sm">
      <Select
        label={t('table:field')}
        searchable
        data-autofocus
        data={Object.entries(kind.fields)
          .filter(([id, one]) => !one.computed && id !== kind.title && id !== 'status')
          .map(([id]) => ({ value: id, label: labels.field(kind.name, id) }))}
        value={name}
        onChange={(next) => {
          setName(next);
          setValue(null);
        }}
      />
      {name && field && (
        <FieldInput
          key={name}
          kind={kind}
          name={name}
          value={value}
          onChange={setValue}
          error={refusal && value !== null ? errorText(field, refusal) : undefined}
        />
      )}
      <Text size="xs" c="dimmed">
        {t('table:setHint')}
      </Text>
      <Group justify="end">
        <Button disabled={!name || refusal !== undefined} onClick={() => void apply()}>
          {t('table:apply')}
        </Button>
      </Group>
    </Stack>
  );
}
