/** Choices of the plan's parts as selects want them. */
import type { KindDef } from '../../../shared/kinds/define';
import { planSection } from '../../../shared/kinds/planSection';
import { planStep } from '../../../shared/kinds/planStep';
import type { Labels } from '../../ui/labels';

const optionsOf = (kind: KindDef, field: string): readonly string[] => {
  const definition = kind.fields[field];
  return definition?.type === 'choice' ? definition.options : [];
};

const choices = (labels: Labels, kind: KindDef, field: string) =>
  optionsOf(kind, field).map((value) => ({ value, label: labels.option(kind.name, field, value) }));

export const topicOptions = (labels: Labels) => choices(labels, planSection, 'topic');
export const phaseOptions = (labels: Labels) => choices(labels, planStep, 'phase');
