/** Columns of the file against fields of a kind. */
import { Group, MultiSelect, Radio, Select, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import { isImportable, policyOf } from '../../../shared/tabular/guess';
import { nameFields } from '../../../shared/tabular/lookup';
import type { FieldColumn, RecordMapping } from '../../../shared/tabular/mapping';
import type { Sheet } from '../../../shared/tabular/sheet';
import { useLabels } from '../../ui/labels';
import { ColumnDetails } from './ColumnDetails';
import { Constants } from './Constants';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';

export function RecordColumns({ mapping }: { readonly mapping: RecordMapping }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { read, setMapping } = useImporter();
  const kind = kindOf(mapping.kind);
  if (!kind || !read) return null;
  const { sheet } = read;
  const fields = Object.entries(kind.fields)
    .filter(([name, field]) => isImportable(name, field))
    .map(([name]) => ({ value: name, label: labels.field(kind.name, name) }));

  function setColumn(header: string, column: FieldColumn | undefined) {
    // A field takes its value from one column: choosing it here takes it from another.
    const others = Object.entries(mapping.columns).filter(
      ([name, each]) => name !== header && each.field !== column?.field,
    );
    const columns = Object.fromEntries(column ? [...others, [header, column]] : others);
    const taken = new Set(Object.values(columns).map((each) => each.field));
    const keys = mapping.keys.filter((key) => taken.has(key));
    const constants = Object.fromEntries(
      Object.entries(mapping.constants).filter(([name]) => !taken.has(name)),
    );
    setMapping({ ...mapping, columns, constants, keys });
  }

  const unmapped = sheet.headers.filter((header) => !Object.hasOwn(mapping.columns, header));
  const mapped = new Set(Object.values(mapping.columns).map((column) => column.field));
  const keyFields = nameFields(kind).filter((name) => mapped.has(name));
  return (
    <Stack gap="md">
      <div className={classes.scroll}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import:columns.column')}</Table.Th>
              <Table.Th>{t('import:columns.samples')}</Table.Th>
              <Table.Th w={250}>{t('import:columns.field')}</Table.Th>
              <Table.Th w={260}>{t('import:columns.details')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sheet.headers.map((header, index) => {
              const column = mapping.columns[header];
              return (
                <Table.Tr key={header}>
                  <Table.Td fw={600}>{header}</Table.Td>
                  <Table.Td className={classes.cell ?? ''} c="dimmed">
                    {samples(sheet, index)}
                  </Table.Td>
                  <Table.Td>
                    <Select
                      size="xs"
                      aria-label={t('import:columns.fieldOf', { column: header })}
                      placeholder={t('import:columns.none')}
                      data={fields}
                      value={column?.field ?? null}
                      onChange={(name) => {
                        const field = name ? kind.fields[name] : undefined;
                        setColumn(
                          header,
                          name && field ? { field: name, ...policyOf(field, kindOf) } : undefined,
                        );
                      }}
                      searchable
                      clearable
                    />
                  </Table.Td>
                  <Table.Td>
                    {column && (
                      <ColumnDetails
                        sheet={sheet}
                        kind={kind}
                        header={header}
                        index={index}
                        column={column}
                        onChange={(next) => setColumn(header, next)}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {unmapped.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('import:columns.unmapped', { count: unmapped.length, names: unmapped.join(', ') })}
        </Text>
      )}
      <Group align="flex-start" gap="md" grow>
        <Constants mapping={mapping} kind={kind} onChange={setMapping} />
        <Stack className={classes.panel} gap="sm">
          <MultiSelect
            size="sm"
            label={t('import:columns.keys')}
            description={t('import:columns.keysHint')}
            data={keyFields.map((value) => ({ value, label: labels.field(kind.name, value) }))}
            value={[...mapping.keys]}
            onChange={(keys) => setMapping({ ...mapping, keys })}
          />
          <Radio.Group
            label={t('import:columns.empty')}
            value={mapping.empty}
            onChange={(empty) =>
              setMapping({ ...mapping, empty: empty === 'clear' ? 'clear' : 'keep' })
            }
          >
            <Group mt={6} gap="lg">
              <Radio size="sm" value="keep" label={t('import:columns.emptyKeep')} />
              <Radio size="sm" value="clear" label={t('import:columns.emptyClear')} />
            </Group>
          </Radio.Group>
        </Stack>
      </Group>
    </Stack>
  );
}

/** The first few distinct values, so that a column without a telling header is recognised. */
function samples(sheet: Sheet, index: number): string {
  const seen = new Set<string>();
  for (const { cells } of sheet.rows.slice(0, 500)) {
    const text = (cells[index] ?? '').trim();
    if (text) seen.add(text.length > 40 ? `${text.slice(0, 39)}…` : text);
    if (seen.size === 3) break;
  }
  return [...seen].join(' · ');
}
