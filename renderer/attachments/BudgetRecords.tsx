/** The attachments that could go, by the record they belong to; each record can be left out. */
import { Checkbox, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Candidate, Chosen, Reason } from '../../shared/attachments/budget';
import type { RecordId } from '../../shared/log/change';
import { useVault } from '../app/vaultContext';
import { sizeText } from '../places/exchange/deviceNames';
import { titleIn } from '../ui/recordTitle';
import classes from './attachments.module.css';

interface BudgetRecordsProps {
  readonly candidates: readonly Candidate[];
  readonly chosen: Chosen;
  readonly leaveOut: readonly RecordId[];
  readonly disabled: boolean;
  onChange(record: RecordId, goes: boolean): void;
}

interface Row {
  readonly record: RecordId;
  readonly files: readonly Candidate[];
  readonly bytes: number;
}

export function BudgetRecords(props: BudgetRecordsProps) {
  const { candidates, chosen, leaveOut, disabled, onChange } = props;
  const { t, i18n } = useTranslation();
  const { projection } = useVault();
  const reasons = new Map(chosen.left.map(({ candidate, reason }) => [candidate.sha256, reason]));
  return (
    <div className={classes.records}>
      <Table stickyHeader verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('attachments:budget.record')}</Table.Th>
            <Table.Th>{t('attachments:budget.files')}</Table.Th>
            <Table.Th ta="end">{t('attachments:budget.size')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {byRecord(candidates).map(({ record, files, bytes }) => (
            <Table.Tr key={record}>
              <Table.Td>
                <Checkbox
                  size="xs"
                  disabled={disabled}
                  label={titleIn(projection, record)}
                  checked={!leaveOut.includes(record)}
                  onChange={(event) => onChange(record, event.currentTarget.checked)}
                />
              </Table.Td>
              <Table.Td>
                {files.map((file) => (
                  <File key={file.sha256} file={file} reason={reasons.get(file.sha256)} />
                ))}
              </Table.Td>
              <Table.Td ta="end">{sizeText(bytes, i18n.language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function File({ file, reason }: { readonly file: Candidate; readonly reason: Reason | undefined }) {
  const { t } = useTranslation();
  const notes = [
    ...(file.wanted ? [t('attachments:budget.wanted')] : []),
    ...(reason ? [t(`attachments:budget.reason.${reason}`)] : []),
  ];
  return (
    <Text size="xs" truncate title={file.name} {...(reason ? { c: 'dimmed' } : {})}>
      {notes.length > 0 ? `${file.name} (${notes.join(', ')})` : file.name}
    </Text>
  );
}

/** The heaviest record first: that is where leaving out helps. */
function byRecord(candidates: readonly Candidate[]): readonly Row[] {
  const groups = Map.groupBy(candidates, ({ record }) => record);
  return [...groups]
    .map(([record, files]) => ({
      record,
      files,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
    }))
    .toSorted((a, b) => b.bytes - a.bytes || (a.record < b.record ? -1 : 1));
}
