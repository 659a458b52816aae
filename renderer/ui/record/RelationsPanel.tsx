/** Everything this record is connected with, both ways; links are added and removed here. */
import { useState } from 'react';
import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../labels';
import { RecordLink } from '../RecordLink';
import { titleIn } from '../recordTitle';
import { AddLink } from './AddLink';
import { incoming, outgoing, type RelationGroup } from './relations';
import own from './record.module.css';
import classes from '../ui.module.css';

/** More than this many of one relation are counted, and shown on demand. */
const FEW = 12;

interface RelationsPanelProps {
  readonly kind: KindDef;
  readonly id: string;
  /** Relations shown elsewhere on the page. */
  readonly without?: readonly string[];
}

export function RelationsPanel({ kind, id, without = [] }: RelationsPanelProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection, isWriter } = useVault();
  const [adding, setAdding] = useState(false);
  const mine = outgoing(projection, kind, id).filter((group) => !without.includes(group.name));
  const filled = mine.filter((group) => group.neighbours.length > 0);
  const others = incoming(projection, id);
  const canAdd = mine.length > 0;
  if (!canAdd && !others.length) return null;

  return (
    <section className={classes.panel} aria-label={t('record:relations')}>
      <Group justify="space-between" mb={8}>
        <Text component="h3" className={classes.panelTitle ?? ''}>
          {t('record:relations')}
        </Text>
        {canAdd && !adding && (
          <Button
            size="compact-xs"
            variant="light"
            className={own.noPrint ?? ''}
            leftSection={<IconPlus size={13} />}
            disabled={!isWriter()}
            onClick={() => setAdding(true)}
          >
            {t('record:addRelation')}
          </Button>
        )}
      </Group>
      {adding && (
        <AddLink
          kind={kind}
          id={id}
          relations={mine.map((group) => group.name)}
          onDone={() => setAdding(false)}
        />
      )}
      <Stack gap={10}>
        {filled.map((group) => (
          <Neighbours
            key={group.name}
            id={id}
            title={labels.relation(kind.name, group.name)}
            group={group}
          />
        ))}
        {others.map((group) => (
          <Neighbours
            key={`${group.direction}${group.kind}${group.name}`}
            id={id}
            title={
              group.direction === 'in'
                ? labels.inverse(group.kind, group.name)
                : t('record:asField', {
                    field: labels.field(group.kind, group.name),
                    plural: labels.pluralInText(group.kind),
                  })
            }
            group={group}
          />
        ))}
        {!filled.length && !others.length && (
          <Text size="sm" c="dimmed">
            {t('record:noRelations')}
          </Text>
        )}
      </Stack>
    </section>
  );
}

interface NeighboursProps {
  readonly id: string;
  readonly title: string;
  readonly group: RelationGroup;
}

function Neighbours({ id, title, group }: NeighboursProps) {
  const { t } = useTranslation();
  const { projection, isWriter } = useVault();
  const commit = useCommit();
  const [all, setAll] = useState(false);
  const shown = all ? group.neighbours : group.neighbours.slice(0, FEW);

  const remove = (other: string) => {
    const [from, to] = group.direction === 'out' ? [id, other] : [other, id];
    return commit(
      [{ do: 'unlink', from, rel: group.name, to }],
      undefined,
      t('record:relationRemoved'),
    );
  };

  return (
    <div role="group" aria-label={title}>
      <div className={own.relationName}>{title}</div>
      {shown.map((one) => (
        <div key={one.id} className={own.relation}>
          <RecordLink id={one.id} />
          {one.role && (
            <Text span size="xs" c="dimmed">
              {one.role}
            </Text>
          )}
          {group.direction !== 'field' && isWriter() && (
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              className={own.noPrint ?? ''}
              aria-label={t('record:removeRelation', { name: titleIn(projection, one.id) })}
              onClick={() => void remove(one.id)}
            >
              <IconX size={13} />
            </ActionIcon>
          )}
        </div>
      ))}
      {group.neighbours.length > shown.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('record:showAll', { count: group.neighbours.length })}
        </Button>
      )}
    </div>
  );
}
