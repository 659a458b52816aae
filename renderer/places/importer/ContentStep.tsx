/** What the file holds: how it was read, what its rows describe. */
import { Alert, Button, Group, Radio, Select, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf, kinds } from '../../../shared/kinds/registry';
import { guessRecords, importKinds } from '../../../shared/tabular/guess';
import { guessLinks } from '../../../shared/tabular/guessLinks';
import type { Mapping } from '../../../shared/tabular/mapping';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { guessContext } from './context';
import { Footer } from './Footer';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';
import { ReadOptions } from './ReadOptions';

const SAMPLE_ROWS = 8;

export function ContentStep() {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const { read, mapping, remembered, queue, setMapping, go, reset, skipFile } = useImporter();
  if (!read || !mapping) return null;
  const { sheet } = read;

  function choose(as: Mapping['as']) {
    const context = guessContext();
    const [first] = importKinds(kinds);
    if (as === 'records' && first) setMapping(guessRecords(sheet, first, context));
    if (as !== 'links') return;
    const guess = guessLinks(sheet, kinds, context.labels);
    setMapping(guess ?? { as, from: '', relation: { column: '' }, to: '', roles: [] });
  }

  function chooseKind(name: string | null) {
    const kind = kindOf(name ?? '');
    if (kind) setMapping(guessRecords(sheet, kind, guessContext()));
  }

  return (
    <div className={classes.fill}>
      <Group align="stretch" gap="md">
        <Stack className={`${classes.panel} ${classes.grow}`} gap="xs">
          <Radio.Group
            label={t('import:content.what')}
            value={mapping.as}
            onChange={(as) => choose(as === 'links' ? 'links' : 'records')}
          >
            <Group mt={6} gap="lg">
              <Radio size="sm" value="records" label={t('import:content.records')} />
              <Radio size="sm" value="links" label={t('import:content.links')} />
            </Group>
          </Radio.Group>
          {mapping.as === 'records' && (
            <Select
              size="sm"
              maw={340}
              label={t('import:content.kind')}
              data={importKinds(kinds).map(({ name }) => ({
                value: name,
                label: labels.kind(name),
              }))}
              value={mapping.kind}
              onChange={chooseKind}
              allowDeselect={false}
              searchable
            />
          )}
          <Text size="sm" c="dimmed">
            {t(remembered ? 'import:content.remembered' : 'import:content.guessed')}
          </Text>
        </Stack>
        <ReadOptions />
      </Group>
      {sheet.notes.length > 0 && (
        <Alert color="yellow" py={6}>
          {t('import:content.notes', { count: sheet.notes.length })}
        </Alert>
      )}
      <SampleTable />
      <Footer
        onBack={queue.length > 1 ? () => void skipFile(vault) : reset}
        backLabel={queue.length > 1 ? t('import:queue.skip') : t('import:startOver')}
      >
        <Button size="sm" onClick={() => go('columns')}>
          {t('import:next')}
        </Button>
      </Footer>
    </div>
  );
}

function SampleTable() {
  const { t } = useTranslation();
  const sheet = useImporter((state) => state.read?.sheet);
  if (!sheet) return null;
  return (
    <div className={`${classes.scroll} ${classes.grow}`} tabIndex={0}>
      <Table stickyHeader aria-label={t('import:content.sample')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className={classes.head ?? ''}>{t('import:content.row')}</Table.Th>
            {sheet.headers.map((header) => (
              <Table.Th key={header} className={classes.head ?? ''}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sheet.rows.slice(0, SAMPLE_ROWS).map(({ row, cells }) => (
            <Table.Tr key={row}>
              <Table.Td c="dimmed">{row}</Table.Td>
              {sheet.headers.map((header, i) => (
                <Table.Td key={header} className={classes.cell ?? ''} title={cells[i]}>
                  {cells[i]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
