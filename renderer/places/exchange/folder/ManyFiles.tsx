/** Each file and what became of it; what needs somebody first. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tone as ToneName } from '../../../../shared/kinds/define';
import { outcomes, type FileReport, type Outcome } from '../../../exchange/manyReport';
import { PlainTable } from '../../../ui/PlainTable';
import plain from '../../../ui/PlainTable.module.css';
import { localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import exchange from '../exchange.module.css';
import { useFileText } from './useFileText';

const TONES = {
  refused: 'bad',
  left: 'warn',
  waits: 'warn',
  held: 'bad',
  kept: 'info',
  applies: 'good',
  receipt: 'neutral',
  nothing: 'neutral',
} as const satisfies Record<Outcome, ToneName>;

const COLUMNS = ['result', 'from', 'written', 'file'] as const;

export function ManyFiles({ files }: { readonly files: readonly FileReport[] }) {
  const { t } = useTranslation();
  const texts = useFileText();
  const sorted = useMemo(
    () =>
      files.toSorted(
        (a, b) =>
          outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || (a.name < b.name ? -1 : 1),
      ),
    [files],
  );
  return (
    <PlainTable
      label={t('folder:files')}
      columns={COLUMNS.map((name) => ({ name, label: t(`folder:column.${name}`) }))}
      low
    >
      {sorted.map((file) => {
        const from = texts.from(file);
        return (
          <tr key={file.name}>
            <td>
              <Tone tone={TONES[file.outcome]}>{texts.outcome(file)}</Tone>
              {texts.details(file).map((text) => (
                <p key={text}>{text}</p>
              ))}
            </td>
            <td>
              {from || '—'}
              {file.number > 0 && <small>{t('exchange:number', { number: file.number })}</small>}
            </td>
            <td className={plain.number}>
              {file.writtenAt === undefined ? '—' : localTime(file.writtenAt)}
            </td>
            <td>
              <span className={exchange.fileName}>{file.name}</span>
            </td>
          </tr>
        );
      })}
    </PlainTable>
  );
}
