/** The report as a spreadsheet, for those who chase the missing files. */
import type { TFunction } from 'i18next';
import { writeCsv } from '../../../../shared/tabular/csv';
import { guardFormula } from '../../../../shared/tabular/guard';
import type { ManyReport } from '../../../exchange/manyReport';
import { localTime } from '../../../ui/times';
import type { FileTexts } from './useFileText';

const COLUMNS = [
  'file',
  'from',
  'number',
  'written',
  'result',
  'applied',
  'waiting',
  'held',
  'details',
] as const;

/** UTF-8 with a byte order mark. */
export function manyCsv(report: ManyReport, texts: FileTexts, t: TFunction): Uint8Array {
  const rows = report.files.map((file) => [
    guardFormula(file.name),
    guardFormula(texts.from(file)),
    file.number ? String(file.number) : '',
    file.writtenAt === undefined ? '' : localTime(file.writtenAt),
    texts.outcome(file),
    String(file.applied),
    String(file.waiting),
    String(file.held),
    guardFormula(texts.details(file).join(' ')),
  ]);
  const head = COLUMNS.map((column) => t(`folder:column.${column}`));
  return new TextEncoder().encode(`\uFEFF${writeCsv([head, ...rows])}`);
}
