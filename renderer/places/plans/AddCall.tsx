/** One line adds somebody to the call tree. */
import { useContext, useState } from 'react';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { callNode } from '../../../shared/kinds/callNode';
import { initialFields } from '../../../shared/kinds/define';
import type { RecordState } from '../../../shared/log/record';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { CreateRecordContext } from '../../ui/form/createContext';
import { useLabels } from '../../ui/labels';
import { RecordPicker } from '../../ui/RecordPicker';
import { nextOrder } from '../../ui/record/partOrder';
import { titleOf } from '../../ui/recordTitle';
import classes from './plans.module.css';

interface AddCallProps {
  readonly plan: string;
  readonly nodes: readonly RecordState[];
}

export function AddCall({ plan, nodes }: AddCallProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const commit = useCommit();
  const create = useContext(CreateRecordContext);
  const [role, setRole] = useState('');
  const [person, setPerson] = useState<string>();
  const [calledBy, setCalledBy] = useState<string | null>(null);
  const ready = role.trim() !== '' && person !== undefined;

  if (!vault.isWriter()) return null;

  async function add() {
    if (!ready) return;
    const fields = {
      ...initialFields(callNode),
      plan,
      role: role.trim(),
      person,
      ...(calledBy ? { calledBy } : {}),
      order: nextOrder(callNode, nodes),
      number: vault.nextNumber(callNode.name),
    };
    const id = vault.newId();
    if (!(await commit([{ do: 'create', kind: callNode.name, id, fields }]))) return;
    setRole('');
    setPerson(undefined);
  }

  return (
    <form
      className={classes.noPrint}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group gap="xs" mt="sm" align="end">
        <TextInput
          size="sm"
          flex={1}
          aria-label={labels.field(callNode.name, 'role')}
          placeholder={t('plans:newCallHint')}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
        <div className={classes.grow}>
          <RecordPicker
            kinds={['person']}
            ariaLabel={labels.field(callNode.name, 'person')}
            value={person}
            onChange={setPerson}
            {...(create
              ? {
                  onCreate: (title: string) =>
                    create({ kind: 'person', title, onCreated: setPerson }),
                }
              : {})}
          />
        </div>
        <Select
          size="sm"
          w={220}
          clearable
          aria-label={labels.field(callNode.name, 'calledBy')}
          placeholder={labels.field(callNode.name, 'calledBy')}
          data={nodes.map((node) => ({ value: node.id, label: titleOf(node) }))}
          value={calledBy}
          onChange={setCalledBy}
        />
        <Button
          type="submit"
          size="sm"
          variant="light"
          leftSection={<IconPlus size={15} />}
          disabled={!ready}
        >
          {t('plans:addCall')}
        </Button>
      </Group>
    </form>
  );
}
