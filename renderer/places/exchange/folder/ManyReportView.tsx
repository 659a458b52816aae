/** One report for all files: before applying what would happen, afterwards what did. */
import { useState } from 'react';
import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import type { ManyReport } from '../../../exchange/manyReport';
import { TableFile } from '../../../ui/TableFile';
import { localMinute } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { exchangeRefusal, sizeText } from '../deviceNames';
import exchange from '../exchange.module.css';
import { ManyFiles } from './ManyFiles';
import { manyLines } from './manyLines';
import { useFileText } from './useFileText';

interface ManyReportViewProps {
  readonly report: ManyReport;
  /** It has been applied. */
  readonly done: boolean;
  readonly onApply?: () => void;
  readonly onClose: () => void;
  readonly onReturns?: (() => void) | undefined;
}

const PROBLEMS: ReadonlySet<string> = new Set(['refused', 'left', 'waits', 'held']);

export function ManyReportView({ report, done, onApply, onClose, onReturns }: ManyReportViewProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const texts = useFileText();
  const [only, setOnly] = useState('all');
  const problems = report.files.filter((file) => PROBLEMS.has(file.outcome) || file.waiting > 0);
  const useless = report.files.every(
    ({ outcome }) => outcome === 'refused' || outcome === 'nothing',
  );
  const files = only === 'all' ? report.files : problems;

  return (
    <Stack gap="sm">
      {report.stopped && (
        <Alert color="orange" role="alert" title={t('folder:stopped')}>
          {report.stopped.code === 'exchange.cancelled'
            ? t('folder:stoppedByPerson')
            : exchangeRefusal(vault, report.stopped, t)}
        </Alert>
      )}
      <Text fw={600} role="status">
        {t(done ? 'folder:applied' : useless ? 'folder:useless' : 'folder:wouldApply', {
          count: report.applied,
          files: report.files.length,
        })}
      </Text>
      <Totals report={report} />
      {report.files.length > 1 && problems.length > 0 && (
        <SegmentedControl
          size="xs"
          className={exchange.screenOnly ?? ''}
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('folder:filter.label')}
          value={only}
          onChange={setOnly}
          data={[
            { value: 'all', label: t('folder:filter.all', { count: report.files.length }) },
            { value: 'problems', label: t('folder:filter.problems', { count: problems.length }) },
          ]}
        />
      )}
      <ManyFiles files={files} />
      <Group justify="space-between" className={exchange.screenOnly ?? ''}>
        <Group gap="xs">
          <TableFile
            name={() =>
              `${t('folder:csvName')}-${localMinute(Date.now()).replaceAll(/[ :]/g, '-')}`
            }
            lines={() => manyLines(report, texts, t)}
            variant="subtle"
          />
        </Group>
        <Group gap="xs">
          {done && onReturns && (
            <Button variant="default" size="sm" onClick={onReturns}>
              {t('folder:returns')}
            </Button>
          )}
          <Button
            size="sm"
            variant={onApply && !useless ? 'default' : 'filled'}
            onClick={onClose}
            {...(onApply && !useless ? {} : { 'data-autofocus': true })}
          >
            {t(onApply && !useless ? 'exchange:in.discard' : 'exchange:close')}
          </Button>
          {onApply && !useless && (
            <Button size="sm" onClick={onApply} data-autofocus>
              {t('folder:applyAll')}
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}

function Totals({ report }: { readonly report: ManyReport }) {
  const { t, i18n } = useTranslation();
  const { records, relations } = report.totals;
  const { count: attachments, size } = report.attachments;
  const conflicting = records.conflicting + relations.conflicting;
  const parts = [
    ['new', records.new, 'info'],
    ['changed', records.changed, 'info'],
    ['deleted', records.deleted, 'warn'],
    ['conflicting', conflicting, 'bad'],
    ['waiting', report.waiting, 'warn'],
  ] as const;
  return (
    <div className={exchange.counts}>
      {parts.map(([part, count, tone]) => (
        <Tone key={part} tone={count ? tone : 'neutral'}>
          {t(`exchange:report.${part}`, { count })}
        </Tone>
      ))}
      {attachments > 0 && (
        <Tone tone="info">
          {t('exchange:report.attachments', {
            count: attachments,
            size: sizeText(size, i18n.language),
          })}
        </Tone>
      )}
      {report.held > 0 && <Tone tone="bad">{t('folder:total.held', { count: report.held })}</Tone>}
      {report.drained > 0 && (
        <Tone tone="good">{t('folder:total.drained', { count: report.drained })}</Tone>
      )}
    </div>
  );
}
