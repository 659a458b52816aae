/** Records that live inside this one, in their order: read, add, change, move, delete in place. */
import { useState } from 'react';
import { Button, Group, Modal, Table, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../FieldValue';
import { RecordForm } from '../form/RecordForm';
import { useLabels } from '../labels';
import { nextOrder } from './partOrder';
import { PartTools } from './PartTools';
import formClasses from '../form/form.module.css';
import own from './record.module.css';
import classes from '../ui.module.css';

interface PartsPanelProps {
  readonly parent: string;
  readonly kind: KindDef;
}

export function PartsPanel({ parent, kind }: PartsPanelProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection, isWriter } = useVault();
  const [editing, setEditing] = useState<string>();
  const parts = projection.parts(parent, kind);
  const columns = kind.columns.filter((name) => name !== kind.parent);

  return (
    <section className={classes.panel} aria-label={labels.plural(kind.name)}>
      <Group justify="space-between" mb={8}>
        <Text component="h3" className={classes.panelTitle ?? ''}>
          {labels.plural(kind.name)} ({parts.length})
        </Text>
        {kind.place && (
          <Button
            size="compact-xs"
            variant="light"
            className={own.noPrint ?? ''}
            leftSection={<IconPlus size={13} />}
            disabled={!isWriter()}
            onClick={() => setEditing('new')}
          >
            {t('record:addPart', { kind: labels.kindInText(kind.name) })}
          </Button>
        )}
      </Group>
      {parts.length > 0 && (
        <Table className={own.partTable ?? ''}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((name) => (
                <Table.Th key={name}>{labels.field(kind.name, name)}</Table.Th>
              ))}
              <Table.Th className={own.noPrint ?? ''} aria-label={t('record:actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map((part) => (
              <Table.Tr key={part.id}>
                {columns.map((name) => (
                  <Table.Td key={name}>
                    <FieldValue kind={kind} name={name} value={part.values[name]} />
                  </Table.Td>
                ))}
                <Table.Td className={own.noPrint ?? ''}>
                  {!kind.appendOnly && isWriter() && (
                    <PartTools
                      kind={kind}
                      parts={parts}
                      part={part}
                      onEdit={() => setEditing(part.id)}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <PartModal
        kind={kind}
        parent={parent}
        editing={editing}
        order={nextOrder(kind, parts)}
        onClose={() => setEditing(undefined)}
      />
    </section>
  );
}

interface PartModalProps {
  readonly kind: KindDef;
  readonly parent: string;
  /** Record to change, or `new`. */
  readonly editing: string | undefined;
  readonly order: number;
  onClose(): void;
}

export function PartModal({ kind, parent, editing, order, onClose }: PartModalProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const isNew = editing === 'new';
  const title = t(isNew ? 'form:newTitle' : 'form:editTitle', {
    kind: labels.kindInText(kind.name),
  });
  return (
    <Modal
      opened={editing !== undefined}
      onClose={onClose}
      size="xl"
      className={formClasses.dialog ?? ''}
      title={title}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('form:cancel') }}
    >
      {editing !== undefined && (
        <RecordForm
          key={editing}
          kind={kind}
          id={isNew ? undefined : editing}
          prefill={kind.parent ? { [kind.parent]: parent } : {}}
          hidden={[kind.parent, kind.order].filter((name) => name !== undefined)}
          fixed={isNew && kind.order ? { [kind.order]: order } : {}}
          draftKey={isNew ? `new.${kind.name}.${parent}` : `edit.${editing}`}
          onSaved={onClose}
          onCancel={onClose}
        />
      )}
    </Modal>
  );
}
