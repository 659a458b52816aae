import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Value } from '../../../shared/log/change';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { DurationInput } from '../../ui/form/DurationInput';
import type { Step } from './steps';

/** The planned time of a step, typed in place; written when the field is left. */
export function StepDuration({ step, name }: { readonly step: Step; readonly name: string }) {
  const { t } = useTranslation();
  const commit = useCommit();
  const { isWriter } = useVault();
  const [typed, setTyped] = useState<Value>();
  const stored = step.record.values.duration ?? null;

  async function write() {
    if (typed === undefined || typeof typed === 'string') return;
    if (typed !== stored) {
      await commit([{ do: 'set', id: step.id, fields: { duration: typed } }]);
    }
    setTyped(undefined);
  }

  return (
    <DurationInput
      size="xs"
      variant="unstyled"
      placeholder="—"
      readOnly={!isWriter()}
      aria-label={t('plans:durationOf', { name })}
      value={typed === undefined ? stored : typed}
      error={typeof typed === 'string' ? t('errors:field.minutes') : undefined}
      onChange={setTyped}
      onBlur={() => void write()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
