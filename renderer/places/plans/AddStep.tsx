/** One line adds the next step, by default after the one before it. */
import { useState } from 'react';
import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { initialFields } from '../../../shared/kinds/define';
import { planStep } from '../../../shared/kinds/planStep';
import type { Edit } from '../../../shared/log/changeset';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { nextOrder } from '../../ui/record/partOrder';
import { AddLine } from './AddLine';
import { phaseOptions } from './options';
import { AFTER, type Step } from './steps';

interface AddStepProps {
  readonly plan: string;
  readonly steps: readonly Step[];
}

export function AddStep({ plan, steps }: AddStepProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const commit = useCommit();
  const [title, setTitle] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [chained, setChained] = useState(true);
  const last = steps.at(-1);
  const phase = chosen ?? last?.phase ?? 'activation';

  async function add() {
    if (!title.trim()) return;
    const id = vault.newId();
    const fields = {
      ...initialFields(planStep),
      plan,
      phase,
      title: title.trim(),
      order: nextOrder(
        planStep,
        steps.map((step) => step.record),
      ),
      number: vault.nextNumber(planStep.name),
    };
    const before = steps.findLast((step) => step.phase === phase) ?? last;
    const link: readonly Edit[] =
      chained && before ? [{ do: 'link', from: id, rel: AFTER, to: before.id }] : [];
    if (await commit([{ do: 'create', kind: planStep.name, id, fields }, ...link])) setTitle('');
  }

  return (
    <AddLine
      sorts={phaseOptions(labels)}
      sort={phase}
      sortLabel={labels.field(planStep.name, 'phase')}
      title={title}
      titleLabel={t('plans:newStep')}
      hint={t('plans:newStepHint')}
      button={t('plans:addStep')}
      onSort={setChosen}
      onTitle={setTitle}
      onAdd={add}
    >
      <Switch
        size="xs"
        label={t('plans:afterPrevious')}
        checked={chained}
        onChange={(event) => setChained(event.currentTarget.checked)}
      />
    </AddLine>
  );
}
