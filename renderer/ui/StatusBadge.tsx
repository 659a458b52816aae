import type { KindDef } from '../../shared/kinds/define';
import type { Value } from '../../shared/log/change';
import { useLabels } from './labels';
import { Tone } from './Tone';

/** The lifecycle state of a record; nothing for kinds without one. */
export function StatusBadge({
  kind,
  value,
}: {
  readonly kind: KindDef;
  readonly value: Value | undefined;
}) {
  const labels = useLabels();
  if (!kind.lifecycle || typeof value !== 'string') return null;
  const tone = kind.lifecycle.states[value]?.tone ?? 'neutral';
  return <Tone tone={tone}>{labels.option(kind.name, 'status', value)}</Tone>;
}
