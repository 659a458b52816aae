/** The text of a plan, section by section, readable as a document and changed in place. */
import { useState } from 'react';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { planSection } from '../../../shared/kinds/planSection';
import { asText } from '../../../shared/projection/projection';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { PartModal } from '../../ui/record/PartsPanel';
import { nextOrder } from '../../ui/record/partOrder';
import { PartTools } from '../../ui/record/PartTools';
import { titleOf } from '../../ui/recordTitle';
import { AddLine } from './AddLine';
import { topicOptions } from './options';
import classes from './plans.module.css';

export function Sections({ plan }: { readonly plan: string }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const commit = useCommit();
  const [editing, setEditing] = useState<string>();
  const [title, setTitle] = useState('');
  const [topic, setTopic] = useState('other');
  const sections = vault.projection.parts(plan, planSection);

  async function add() {
    if (!title.trim()) return;
    const id = vault.newId();
    const fields = {
      plan,
      title: title.trim(),
      topic,
      order: nextOrder(planSection, sections),
      number: vault.nextNumber(planSection.name),
    };
    if (!(await commit([{ do: 'create', kind: planSection.name, id, fields }]))) return;
    setTitle('');
    setEditing(id);
  }

  return (
    <section aria-label={t('plans:text')}>
      <Stack gap="lg" className={classes.document ?? ''}>
        {sections.map((section, i) => (
          <article key={section.id} className={classes.section}>
            <Group justify="space-between" align="start" wrap="nowrap">
              <div>
                <Text size="xs" c="dimmed">
                  {labels.option(planSection.name, 'topic', asText(section.values.topic))}
                </Text>
                <Title order={3} size="h5">
                  {i + 1}. {titleOf(section)}
                </Title>
              </div>
              <PartTools
                kind={planSection}
                parts={sections}
                part={section}
                onEdit={() => setEditing(section.id)}
              />
            </Group>
            <div className={classes.body}>{asText(section.values.body)}</div>
          </article>
        ))}
        {!sections.length && (
          <Text size="sm" c="dimmed">
            {t('plans:noSections')}
          </Text>
        )}
      </Stack>
      <AddLine
        sorts={topicOptions(labels)}
        sort={topic}
        sortLabel={labels.field(planSection.name, 'topic')}
        title={title}
        titleLabel={t('plans:newSection')}
        hint={t('plans:newSection')}
        button={t('plans:addSection')}
        onSort={setTopic}
        onTitle={setTitle}
        onAdd={add}
      />
      <PartModal
        kind={planSection}
        parent={plan}
        editing={editing}
        order={0}
        onClose={() => setEditing(undefined)}
      />
    </section>
  );
}
