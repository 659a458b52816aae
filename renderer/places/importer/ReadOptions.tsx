/** How the file was read, and reading it again another way. */
import { Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { delimiters, type Delimiter } from '../../../shared/tabular/csv';
import { encodings, type Encoding } from '../../../shared/tabular/decode';
import { useVault } from '../../app/vaultContext';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';

const delimiterNames: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

export function ReadOptions() {
  const { t } = useTranslation();
  const vault = useVault();
  const { read, reading, at, options, openFile } = useImporter();
  if (!read) return null;
  const counts = (['rows', 'columns'] as const).map((what) => {
    const count = what === 'rows' ? read.sheet.rows.length : read.sheet.headers.length;
    return t(`import:content.${what}`, { count });
  });
  return (
    <Stack className={classes.panel} gap="xs" w={300}>
      {read.format === 'text' ? (
        <>
          <Select
            size="sm"
            label={t('import:content.encoding')}
            data={encodings.map((value) => ({ value, label: t(`import:encodings.${value}`) }))}
            value={read.encoding}
            disabled={reading}
            allowDeselect={false}
            onChange={(value) => {
              const encoding = encodings.find((each): each is Encoding => each === value);
              if (encoding) void openFile(vault, at, { ...options, encoding });
            }}
          />
          <Select
            size="sm"
            label={t('import:content.delimiter')}
            data={delimiters.map((value) => ({
              value,
              label: t(`import:delimiters.${delimiterNames[value]}`),
            }))}
            value={read.delimiter}
            disabled={reading}
            allowDeselect={false}
            onChange={(value) => {
              const delimiter = delimiters.find((each): each is Delimiter => each === value);
              if (delimiter) void openFile(vault, at, { ...options, delimiter });
            }}
          />
        </>
      ) : (
        <Select
          size="sm"
          label={t('import:content.sheet')}
          data={[...new Set(read.names)]}
          value={read.name}
          disabled={reading}
          allowDeselect={false}
          onChange={(sheet) => sheet && void openFile(vault, at, { sheet })}
        />
      )}
      <Text size="sm" c="dimmed">
        {counts.join(' · ')}
      </Text>
    </Stack>
  );
}
