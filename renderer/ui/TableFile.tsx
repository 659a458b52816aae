/** A table taken along: as a spreadsheet, or on paper. */
import { Button } from '@mantine/core';
import { IconPrinter, IconTableExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { printScreen, showDone, showRefusal } from '../app/notices';
import { useHost } from '../app/vaultContext';
import { csvFile } from './csvFile';

interface TableFileProps {
  /** Of the file, without its ending. */
  readonly name: () => string;
  /** Lines of cells, the headings first. */
  readonly lines: () => readonly (readonly string[])[];
  readonly variant?: 'default' | 'subtle';
}

export function TableFile({ name, lines, variant = 'default' }: TableFileProps) {
  const { t } = useTranslation();
  const host = useHost();

  async function save(): Promise<void> {
    const saved = await host.saveFile({
      name: `${name()}.csv`,
      filters: [{ name: 'CSV', extensions: ['csv'] }],
      bytes: csvFile(lines()),
    });
    if (!saved.ok) showRefusal(saved.refusal);
    else if (saved.value) showDone(t('table:file.saved', { name: saved.value.name }));
  }

  return (
    <>
      <Button
        size="sm"
        variant={variant}
        leftSection={<IconTableExport size={16} aria-hidden />}
        onClick={() => void save()}
      >
        {t('table:file.csv')}
      </Button>
      <Button
        size="sm"
        variant={variant}
        leftSection={<IconPrinter size={16} aria-hidden />}
        onClick={() => void printScreen(host)}
      >
        {t('table:file.print')}
      </Button>
    </>
  );
}
