/** A gap in one sentence. */
import { useTranslation } from 'react-i18next';
import type { Gap } from '../../../../shared/exchange/sequence';
import { useVault } from '../../../app/vaultContext';
import { deviceName } from '../deviceNames';

interface Named {
  readonly replica: string;
  readonly name: string;
}

/** `sender` names a device that is not known here yet. */
export function useGapText(sender?: Named): (gap: Gap) => string {
  const { t } = useTranslation();
  const vault = useVault();
  return (gap) =>
    t(gap.from === gap.to ? 'exchange:waiting.gapSingle' : 'exchange:waiting.gap', {
      count: gap.held,
      device: sender?.replica === gap.replica ? sender.name : deviceName(vault, gap.replica, t),
      from: gap.from,
      to: gap.to,
    });
}
