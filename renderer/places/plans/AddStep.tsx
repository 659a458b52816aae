/** One line adds the next step, by default after the one before it. */
import { useState } from 'react';
import { Button, Group, Select, Switch, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { initialFields } from '../../../shared/kinds/define';
import { planStep } from '../../../shared/kinds/planStep';
import type { Edit } from '../../../shared/log/changeset';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { nextOrder } from '../../ui/record/partOrder';
import { phaseOptions } from './options';
import { AFTER, type Step } from './steps';
import classes from './plans.module.css';

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
    <form
      className={classes.noPrint}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Group gap="xs" mt="sm">
        <Select
          size="sm"
          w={200}
          aria-label={labels.field(planStep.name, 'phase')}
          allowDeselect={false}
          data={phaseOptions(labels)}
          value={phase}
          onChange={(next) => setChosen(next ?? undefined)}
        />
        <TextInput
          size="sm"
          flex={1}
          aria-label={t('plans:newStep')}
          placeholder={t('plans:newStepHint')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Switch
          size="xs"
          label={t('plans:afterPrevious')}
          checked={chained}
          onChange={(event) => setChained(event.currentTarget.checked)}
        />
        <Button
          type="submit"
          size="sm"
          variant="light"
          leftSection={<IconPlus size={15} />}
          disabled={!title.trim()}
        >
          {t('plans:addStep')}
        </Button>
      </Group>
    </form>
  );
}
