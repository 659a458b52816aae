/** The recovery steps by phase: who, how long, after which others. New ones by one line and Enter. */
import { Fragment, useState } from 'react';
import { Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { planStep } from '../../../shared/kinds/planStep';
import { asText } from '../../../shared/projection/projection';
import { useVault } from '../../app/vaultContext';
import { duration } from '../../ui/formatValue';
import { useLabels } from '../../ui/labels';
import { RecordLink } from '../../ui/RecordLink';
import { PartModal } from '../../ui/record/PartsPanel';
import { PartTools } from '../../ui/record/PartTools';
import { titleOf } from '../../ui/recordTitle';
import { Tone } from '../../ui/Tone';
import { AddStep } from './AddStep';
import { phaseOptions } from './options';
import { Predecessors } from './Predecessors';
import { StepDuration } from './StepDuration';
import type { PlanSteps, Step } from './steps';
import classes from './plans.module.css';

interface StepsEditorProps {
  readonly plan: string;
  readonly data: PlanSteps;
}

export function StepsEditor({ plan, data }: StepsEditorProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [editing, setEditing] = useState<string>();
  const { steps, path } = data;
  const head = (field: string) => labels.field(planStep.name, field);

  return (
    <section aria-label={t('plans:steps')}>
      {steps.length > 0 ? (
        <Table className={classes.steps ?? ''} data-steps aria-label={t('plans:steps')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={44}>{t('plans:no')}</Table.Th>
              <Table.Th>{head('title')}</Table.Th>
              <Table.Th w={190}>{head('owner')}</Table.Th>
              <Table.Th w={110}>{head('duration')}</Table.Th>
              <Table.Th w={110}>{labels.relation(planStep.name, 'after')}</Table.Th>
              <Table.Th w={80}>{t('plans:startsAt')}</Table.Th>
              <Table.Th
                w={110}
                className={classes.noPrint ?? ''}
                aria-label={t('record:actions')}
              />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {phaseOptions(labels).map((phase) => {
              const own = steps.filter((step) => step.phase === phase.value);
              if (!own.length) return null;
              return (
                <Fragment key={phase.value}>
                  <Table.Tr className={classes.phase ?? ''}>
                    <Table.Th colSpan={7} scope="colgroup">
                      {phase.label}
                    </Table.Th>
                  </Table.Tr>
                  {own.map((step) => (
                    <StepRow
                      key={step.id}
                      step={step}
                      steps={steps}
                      critical={path.path.includes(step.id)}
                      start={path.starts.get(step.id)}
                      onEdit={() => setEditing(step.id)}
                    />
                  ))}
                </Fragment>
              );
            })}
          </Table.Tbody>
        </Table>
      ) : (
        <Text size="sm" c="dimmed" mb="sm">
          {t('plans:firstStep')}
        </Text>
      )}
      {steps.length > 0 && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('plans:criticalHint', { time: duration(labels, path.minutes) })}
        </Text>
      )}
      <AddStep plan={plan} steps={steps} />
      <PartModal
        kind={planStep}
        parent={plan}
        editing={editing}
        order={0}
        onClose={() => setEditing(undefined)}
      />
    </section>
  );
}

interface StepRowProps {
  readonly step: Step;
  readonly steps: readonly Step[];
  readonly critical: boolean;
  /** Minutes after the start; absent in a circle. */
  readonly start: number | undefined;
  onEdit(): void;
}

function StepRow({ step, steps, critical, start, onEdit }: StepRowProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const { values } = step.record;
  const name = titleOf(step.record);
  const mode = asText(values.mode);

  return (
    <Table.Tr data-critical={critical || undefined}>
      <Table.Td>
        <span className={classes.no} title={critical ? t('plans:onCriticalPath') : undefined}>
          {step.no}
        </span>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        {asText(values.instructions) && (
          <div className={classes.instructions}>{asText(values.instructions)}</div>
        )}
        <Group gap={6}>
          {mode && mode !== 'both' && (
            <Tone tone="info">{labels.option(planStep.name, 'mode', mode)}</Tone>
          )}
          {typeof values.restores === 'string' && projection.get(values.restores) && (
            <Text size="xs" component="span" c="dimmed">
              {labels.field(planStep.name, 'restores')} <RecordLink id={values.restores} />
            </Text>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        {typeof values.owner === 'string' ? (
          <RecordLink id={values.owner} icon={false} />
        ) : (
          <Text size="sm" c="dimmed">
            {asText(values.team) || t('plans:nobody')}
          </Text>
        )}
        {typeof values.deputy === 'string' && (
          <Text size="xs" c="dimmed" component="div">
            {labels.field(planStep.name, 'deputy')} <RecordLink id={values.deputy} icon={false} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StepDuration step={step} name={name} />
      </Table.Td>
      <Table.Td>
        <Predecessors step={step} steps={steps} name={name} />
      </Table.Td>
      <Table.Td>
        {start === undefined ? (
          <Tone tone="bad">{t('plans:circle')}</Tone>
        ) : (
          <Text size="sm" c="dimmed">
            +{duration(labels, start)}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.noPrint ?? ''}>
        <PartTools
          kind={planStep}
          parts={steps.map((one) => one.record)}
          part={step.record}
          onEdit={onEdit}
        />
      </Table.Td>
    </Table.Tr>
  );
}
