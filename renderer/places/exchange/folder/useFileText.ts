/** What became of one file, in words: the same on screen, on paper and in the CSV. */
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import type { FileReport } from '../../../exchange/manyReport';
import { useGapText } from '../attention/gapText';
import { deviceName, exchangeRefusal } from '../deviceNames';

export interface FileTexts {
  readonly from: (file: FileReport) => string;
  readonly outcome: (file: FileReport) => string;
  /** Sentences that say more, or none. */
  readonly details: (file: FileReport) => readonly string[];
}

export function useFileText(): FileTexts {
  const { t } = useTranslation();
  const vault = useVault();
  const gapText = useGapText();
  return {
    from: ({ from }) => from?.name || (from ? deviceName(vault, from.replica, t) : ''),
    outcome: ({ outcome, applied }) => t(`folder:outcome.${outcome}`, { count: applied }),
    details(file) {
      const out: string[] = [];
      if (file.outcome === 'kept') out.push(t('folder:keptText'));
      if (file.refusal) out.push(exchangeRefusal(vault, file.refusal, t));
      out.push(...file.gaps.map(gapText));
      if (file.held > 0) out.push(t('folder:heldText', { count: file.held }));
      return out;
    },
  };
}
