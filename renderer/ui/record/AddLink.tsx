/** One line to connect this record with another: how, with what, and in which role. */
import { useState } from 'react';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../labels';
import { RecordPicker } from '../RecordPicker';
import { endOf } from '../../../shared/projection/references';

interface AddLinkProps {
  readonly kind: KindDef;
  readonly id: string;
  readonly relations: readonly string[];
  onDone(): void;
}

export function AddLink({ kind, id, relations, onDone }: AddLinkProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const commit = useCommit();
  const [relation, setRelation] = useState(relations[0] ?? '');
  const [other, setOther] = useState<string>();
  const [role, setRole] = useState('');
  const definition = kind.relations[relation];
  if (!definition) return null;

  async function add() {
    if (!other) return;
    const fields = role.trim() ? { fields: { role: role.trim() } } : {};
    if (await commit([{ do: 'link', from: id, rel: relation, to: other, ...fields }])) {
      setOther(undefined);
      setRole('');
    }
  }

  return (
    <Stack
      gap="xs"
      mb="sm"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <Group gap="xs" grow align="start">
        <Select
          size="sm"
          aria-label={t('record:relation')}
          allowDeselect={false}
          data={relations.map((name) => ({ value: name, label: labels.relation(kind.name, name) }))}
          value={relation}
          onChange={(next) => {
            setRelation(next ?? relation);
            setOther(undefined);
          }}
        />
        <RecordPicker
          key={relation}
          kinds={definition.to}
          ariaLabel={t('record:relatedRecord')}
          autoFocus
          value={other}
          onChange={setOther}
          exclude={new Set([id, ...projection.linksFrom(id, relation).map((l) => endOf(l, 'to'))])}
        />
      </Group>
      <Group gap="xs">
        {definition.role && (
          <TextInput
            size="xs"
            flex={1}
            aria-label={t('record:role')}
            placeholder={t('record:role')}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value)}
          />
        )}
        <Button size="xs" ml="auto" disabled={!other} onClick={() => void add()}>
          {t('record:add')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('record:close')}
        </Button>
      </Group>
    </Stack>
  );
}
