/** What devices are called: by their own record, by their files, by the roster, else by their id. */
import type { TFunction } from 'i18next';
import type { ReplicaId } from '../../../shared/log/change';
import { asText } from '../../../shared/projection/projection';
import type { Refusal } from '../../../shared/result';
import { deviceOf } from '../../../shared/trust/device';
import { certificateOf } from '../../../shared/trust/roster';
import type { Vault } from '../../store/vault';
import { refusalText } from '../../app/notices';

export function deviceName(vault: Vault, replica: ReplicaId, t: TFunction): string {
  const recorded = asText(vault.projection.get(replica)?.values.name);
  const peer = vault.exchange.peers().find((known) => known.replica === replica)?.name;
  const enrolled = certificateOf(vault.trust.roster(), deviceOf(replica))?.name;
  return recorded || peer || enrolled || t('exchange:unknownDevice', { id: replica });
}

/** The sentence of a refusal, with the device called by its name. */
export function exchangeRefusal(vault: Vault, refusal: Refusal, t: TFunction): string {
  const replica = refusal.params?.replica;
  if (typeof replica !== 'string') return refusalText(refusal);
  return refusalText({ ...refusal, params: { device: deviceName(vault, replica, t) } });
}

const UNITS = ['B', 'KB', 'MB', 'GB'];

/** `7.2 KB`. */
export function sizeText(bytes: number, locale: string): string {
  const step = Math.min(
    UNITS.length - 1,
    Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)),
  );
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: step ? 1 : 0 });
  return `${format.format(bytes / 1024 ** step)} ${UNITS[step]}`;
}

/** Several short facts in one line, as the language joins them. */
export const listText = (parts: readonly string[], locale: string): string =>
  new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }).format(parts);
