/** Narrowing the queue to a kind, a site, a device or a person. */
import { Button, Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../ui/labels';
import { useDevices } from '../../ui/record/useDevices';
import { NO_FILTERS, type ConflictList, type Filters } from './useConflictList';

interface FilterBarProps {
  readonly list: ConflictList;
  readonly filters: Filters;
  onChange(filters: Filters): void;
}

export function FilterBar({ list, filters, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const devices = useDevices();
  const as = (values: readonly string[], name: (value: string) => string) =>
    values.map((value) => ({ value, label: name(value) }));
  const options = {
    kind: as(list.kinds, labels.plural),
    site: as(list.sites, (site) => site),
    device: as(list.devices, devices.name),
    person: as(list.people, (person) => person),
  };
  const names = ['kind', 'site', 'device', 'person'] as const;
  return (
    <Group gap="xs" role="group" aria-label={t('review:filter.label')}>
      {names.map((name) => (
        <Select
          key={name}
          size="xs"
          w={150}
          clearable
          searchable={options[name].length > 8}
          aria-label={t(`review:filter.${name}`)}
          placeholder={t(`review:filter.${name}`)}
          data={options[name]}
          value={filters[name]}
          onChange={(value) => onChange({ ...filters, [name]: value })}
        />
      ))}
      {names.some((name) => filters[name] !== null) && (
        <Button size="compact-xs" variant="subtle" onClick={() => onChange(NO_FILTERS)}>
          {t('review:filter.clear')}
        </Button>
      )}
    </Group>
  );
}
