/** Files that records name and that are not on this device: what it asks for in every receipt. */
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { allAttachments } from '../../shared/attachments/attachment';
import { useVault } from '../app/vaultContext';
import { sizeText } from '../places/exchange/deviceNames';
import { RecordLink } from '../ui/RecordLink';
import classes from './attachments.module.css';

/** A list that a person reads; the rest is counted. */
const SHOWN = 100;

export function MissingAttachments() {
  const { t, i18n } = useTranslation();
  const { projection, blobs } = useVault();
  const missing = new Set(blobs.missing());
  if (missing.size === 0) return null;
  const files = allAttachments(projection)
    .filter(({ sha256 }) => missing.has(sha256))
    .toSorted((a, b) => b.addedAt - a.addedAt || (a.id < b.id ? -1 : 1));
  return (
    <div>
      <div className={classes.records}>
        <Table stickyHeader verticalSpacing={4} aria-label={t('attachments:missing.label')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('attachments:missing.file')}</Table.Th>
              <Table.Th>{t('attachments:budget.record')}</Table.Th>
              <Table.Th ta="end">{t('attachments:budget.size')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.slice(0, SHOWN).map((file) => (
              <Table.Tr key={file.id}>
                <Table.Td>
                  {file.name}
                  {blobs.state(file.sha256) === 'damaged' && (
                    <Text span size="xs" c="var(--mantine-color-error)">
                      {' '}
                      {t('attachments:missing.damaged')}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <RecordLink id={file.of} />
                </Table.Td>
                <Table.Td ta="end">{sizeText(file.size, i18n.language)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {files.length > SHOWN && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('attachments:missing.more', { count: files.length - SHOWN })}
        </Text>
      )}
    </div>
  );
}
