/** Whom to call, by whom, on which number. */
import { useState } from 'react';
import { Anchor, Group, Table, Text } from '@mantine/core';
import { IconCornerDownRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { callNode } from '../../../shared/kinds/callNode';
import { asText } from '../../../shared/projection/projection';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../../ui/FieldValue';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { PartModal } from '../../ui/record/PartsPanel';
import { PartTools } from '../../ui/record/PartTools';
import { titleOf } from '../../ui/recordTitle';
import { AddCall } from './AddCall';
import { callLines } from './callTree';
import classes from './plans.module.css';

export function CallTree({ plan }: { readonly plan: string }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const [editing, setEditing] = useState<string>();
  const lines = callLines(projection, plan);
  const head = (field: string) => labels.field(callNode.name, field);

  return (
    <section aria-label={t('plans:callTree')}>
      {lines.length > 0 ? (
        <Table className={classes.steps ?? ''} aria-label={t('plans:callTree')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{head('role')}</Table.Th>
              <Table.Th>{head('person')}</Table.Th>
              <Table.Th>{head('deputy')}</Table.Th>
              <Table.Th w={110}>{head('within')}</Table.Th>
              <Table.Th w={120}>{head('lastVerified')}</Table.Th>
              <Table.Th w={70} className={classes.noPrint ?? ''} aria-label={t('record:actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ node, depth }) => (
              <Table.Tr key={node.id} aria-level={depth + 1}>
                <Table.Td>
                  <Group gap={4} wrap="nowrap" style={{ paddingInlineStart: depth * 22 }}>
                    {depth > 0 && <IconCornerDownRight size={14} aria-hidden />}
                    <Text size="sm" fw={600}>
                      {titleOf(node)}
                    </Text>
                  </Group>
                </Table.Td>
                <Table.Td>
                  <Callee id={asText(node.values.person)} channel={asText(node.values.channel)} />
                </Table.Td>
                <Table.Td>
                  <Callee id={asText(node.values.deputy)} channel={asText(node.values.channel)} />
                </Table.Td>
                <Table.Td>
                  <FieldValue kind={callNode} name="within" value={node.values.within} />
                </Table.Td>
                <Table.Td>
                  <FieldValue
                    kind={callNode}
                    name="lastVerified"
                    value={node.values.lastVerified}
                  />
                </Table.Td>
                <Table.Td className={classes.noPrint ?? ''}>
                  <PartTools
                    kind={callNode}
                    parts={[node]}
                    part={node}
                    onEdit={() => setEditing(node.id)}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <Text size="sm" c="dimmed" mb="sm">
          {t('plans:firstCall')}
        </Text>
      )}
      <AddCall plan={plan} nodes={lines.map(({ node }) => node)} />
      <PartModal
        kind={callNode}
        parent={plan}
        editing={editing}
        order={0}
        onClose={() => setEditing(undefined)}
      />
    </section>
  );
}

const CHANNELS = ['mobile', 'workPhone', 'homePhone', 'radio'] as const;

/** A person with the numbers to call, the agreed one first. */
function Callee({ id, channel }: { readonly id: string; readonly channel: string }) {
  const labels = useLabels();
  const { projection } = useVault();
  const person = id ? projection.get(id) : undefined;
  if (!person) return <span className={classes.none}>—</span>;
  const numbers = CHANNELS.toSorted((a, b) => Number(b === channel) - Number(a === channel))
    .map((name) => ({ name, number: asText(person.values[name]) }))
    .filter(({ number }) => number);
  return (
    <div>
      <RecordLink id={id} icon={false} />
      {numbers.map(({ name, number }, i) => (
        <Text
          key={name}
          size={i === 0 ? 'sm' : 'xs'}
          {...(i === 0 ? {} : { c: 'dimmed' })}
          fw={i === 0 ? 600 : 400}
        >
          <Anchor inherit underline="never" href={`tel:${number.replaceAll(/[^\d+#*]/g, '')}`}>
            {number}
          </Anchor>{' '}
          <Text span size="xs" c="dimmed" fw={400}>
            {labels.field('person', name)}
          </Text>
        </Text>
      ))}
    </div>
  );
}
