/** Filter by the records a field points to: search, choose several. */
import { Pill, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../app/vaultContext';
import { RecordPicker } from '../RecordPicker';
import { titleIn } from '../recordTitle';

interface RefFilterProps {
  readonly kind: string;
  readonly label: string;
  readonly values: readonly string[];
  onChange(values: readonly string[]): void;
}

export function RefFilter({ kind, label, values, onChange }: RefFilterProps) {
  const { projection } = useVault();
  const { t } = useTranslation();
  return (
    <Stack gap="xs">
      <RecordPicker
        kinds={[kind]}
        ariaLabel={label}
        value={undefined}
        autoFocus
        exclude={new Set(values)}
        onChange={(id) => id && onChange([...values, id])}
      />
      {values.length > 0 && (
        <Pill.Group>
          {values.map((id) => (
            <Pill
              key={id}
              withRemoveButton
              removeButtonProps={{ 'aria-label': t('table:removeValue') }}
              onRemove={() => onChange(values.filter((other) => other !== id))}
            >
              {titleIn(projection, id)}
            </Pill>
          ))}
        </Pill.Group>
      )}
    </Stack>
  );
}
