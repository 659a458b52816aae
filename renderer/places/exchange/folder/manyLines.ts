/** The report as a spreadsheet, for those who chase the missing files. */
import type { TFunction } from 'i18next';
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

/** The headings, then a line for each file. */
export const manyLines = (
  report: ManyReport,
  texts: FileTexts,
  t: TFunction,
): readonly string[][] => [
  COLUMNS.map((column) => t(`folder:column.${column}`)),
  ...report.files.map((file) => [
    file.name,
    texts.from(file),
    file.number ? String(file.number) : '',
    file.writtenAt === undefined ? '' : localTime(file.writtenAt),
    texts.outcome(file),
    String(file.applied),
    String(file.waiting),
    String(file.held),
    texts.details(file).join(' '),
  ]),
];
