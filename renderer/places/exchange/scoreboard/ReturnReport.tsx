/** What was written for whom, and what was not and why. */
import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SaveFolder } from '../../../../shared/host';
import { useVault } from '../../../app/vaultContext';
import { PlainTable } from '../../../ui/PlainTable';
import { Tone } from '../../../ui/Tone';
import { exchangeRefusal, sizeText } from '../deviceNames';
import exchange from '../exchange.module.css';
import type { Written } from './writeReturns';
import { sentences } from '../../../ui/sentences';

interface ReturnReportProps {
  readonly written: readonly Written[];
  readonly folder: SaveFolder;
  readonly onClose: () => void;
}

export function ReturnReport({ written, folder, onClose }: ReturnReportProps) {
  const { t, i18n } = useTranslation();
  const saved = written.filter(({ result }) => result?.ok).length;
  const complete = saved === written.length;
  return (
    <Stack gap="sm">
      <Alert
        color={complete ? 'green' : 'orange'}
        icon={complete ? <IconCircleCheck aria-hidden /> : undefined}
        role="status"
        title={t('scoreboard:returns.done', { count: saved, total: written.length })}
      >
        {sentences(
          i18n.language,
          folder.into === 'folder'
            ? t('scoreboard:returns.inFolder', { name: folder.name })
            : t('scoreboard:returns.inDownloads'),
          !complete && t('scoreboard:returns.notNoted'),
        )}
      </Alert>
      <PlainTable
        label={t('folder:files')}
        columns={[
          { name: 'device', label: t('scoreboard:column.name') },
          { name: 'file', label: t('folder:column.file') },
          { name: 'result', label: t('folder:column.result') },
        ]}
        low
      >
        {written.map((each) => (
          <ReportRow key={each.row.device} {...each} />
        ))}
      </PlainTable>
      <Group justify="flex-end">
        <Button size="sm" onClick={onClose} data-autofocus>
          {t('exchange:close')}
        </Button>
      </Group>
    </Stack>
  );
}

function ReportRow({ row, result }: Written) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  return (
    <tr>
      <th scope="row">{row.name}</th>
      <td>
        {result?.ok ? (
          <>
            <span className={exchange.fileName}>{result.value.name}</span>
            <small>
              {t(`exchange:type.${result.value.type}`)} ·{' '}
              {sizeText(result.value.bytes, i18n.language)}
            </small>
          </>
        ) : (
          result && exchangeRefusal(vault, result.refusal, t)
        )}
      </td>
      <td>
        <Tone tone={result?.ok ? 'good' : result ? 'bad' : 'neutral'}>
          {t(
            result?.ok
              ? 'scoreboard:returns.written'
              : result
                ? 'scoreboard:returns.refused'
                : 'scoreboard:returns.left',
          )}
        </Tone>
      </td>
    </tr>
  );
}
