import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Edit } from '../../../shared/log/changeset';
import { wouldCycle } from '../../../shared/response/criticalPath';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { AFTER, readNumbers, type Step } from './steps';

interface PredecessorsProps {
  readonly step: Step;
  readonly steps: readonly Step[];
  readonly name: string;
}

/** The numbers of the steps that come first, typed as `3, 4`. A circle is refused. */
export function Predecessors({ step, steps, name }: PredecessorsProps) {
  const { t } = useTranslation();
  const commit = useCommit();
  const { isWriter } = useVault();
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const stored = steps
    .filter((other) => step.after.includes(other.id))
    .map((other) => other.no)
    .join(', ');

  async function write() {
    if (typed === undefined) return;
    const { ids, unknown } = readNumbers(steps, typed);
    if (unknown !== undefined) return setError(t('plans:noSuchStep', { no: unknown }));
    // The links it has now are being replaced, so they must not count as a circle.
    const others = steps.map((one) => (one.id === step.id ? { ...one, after: [] } : one));
    if (ids.some((id) => wouldCycle(others, step.id, id))) {
      return setError(t('plans:wouldCircle'));
    }
    const link =
      (act: 'link' | 'unlink') =>
      (to: string): Edit => ({
        do: act,
        from: step.id,
        rel: AFTER,
        to,
      });
    const edits = [
      ...ids.filter((id) => !step.after.includes(id)).map(link('link')),
      ...step.after.filter((id) => !ids.includes(id)).map(link('unlink')),
    ];
    if (!edits.length || (await commit(edits))) setTyped(undefined);
  }

  return (
    <TextInput
      size="xs"
      variant="unstyled"
      placeholder="—"
      readOnly={!isWriter()}
      aria-label={t('plans:predecessorsOf', { name })}
      value={typed ?? stored}
      error={error}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setError(undefined);
      }}
      onBlur={() => void write()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setTyped(undefined);
          setError(undefined);
        }
      }}
    />
  );
}
