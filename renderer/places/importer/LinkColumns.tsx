/** Columns of the file against the two ends, the name and the role of relations. */
import { MultiSelect, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kinds } from '../../../shared/kinds/registry';
import type { LinkMapping } from '../../../shared/tabular/mapping';
import { useLabels } from '../../ui/labels';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';

export function LinkColumns({ mapping }: { readonly mapping: LinkMapping }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { read, setMapping } = useImporter();
  const headers = [...(read?.sheet.headers ?? [])];
  const relations = new Map<string, string>();
  for (const kind of kinds) {
    for (const name of Object.keys(kind.relations)) {
      if (!relations.has(name)) relations.set(name, labels.relation(kind.name, name));
    }
  }
  const column = 'column' in mapping.relation ? mapping.relation.column : null;
  const fixed = 'name' in mapping.relation ? mapping.relation.name : null;
  const common = { size: 'sm', placeholder: t('import:columns.pick'), searchable: true } as const;
  return (
    <Stack className={classes.panel} gap="md">
      <SimpleGrid cols={2} spacing="md">
        <Select
          {...common}
          label={t('import:columns.from')}
          data={headers}
          value={mapping.from || null}
          onChange={(from) => setMapping({ ...mapping, from: from ?? '' })}
        />
        <Select
          {...common}
          label={t('import:columns.to')}
          data={headers}
          value={mapping.to || null}
          onChange={(to) => setMapping({ ...mapping, to: to ?? '' })}
        />
        <Select
          {...common}
          label={t('import:columns.relation')}
          data={headers}
          value={column}
          onChange={(next) => setMapping({ ...mapping, relation: { column: next ?? '' } })}
          clearable
        />
        <Select
          {...common}
          label={t('import:columns.relationFixed')}
          placeholder=""
          data={[...relations].map(([value, label]) => ({ value, label }))}
          value={fixed}
          onChange={(name) =>
            setMapping({ ...mapping, relation: name ? { name } : { column: '' } })
          }
          clearable
        />
        <MultiSelect
          size="sm"
          label={t('import:columns.roles')}
          description={t('import:columns.rolesHint')}
          data={headers.filter((header) => header !== mapping.from && header !== mapping.to)}
          value={[...mapping.roles]}
          onChange={(roles) => setMapping({ ...mapping, roles })}
          clearable
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t('import:columns.linksHint')}
      </Text>
    </Stack>
  );
}
