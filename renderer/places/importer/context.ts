/** What planning needs of the open vault and of the texts in both languages. */
import i18next from 'i18next';
import { kindOf, kinds } from '../../../shared/kinds/registry';
import type { GuessContext } from '../../../shared/tabular/guess';
import type { KindLabels } from '../../../shared/tabular/mapping';
import type { PlanContext } from '../../../shared/tabular/plan';
import { locales } from '../../app/i18n';
import type { Vault } from '../../store/vault';

export const guessContext = (): GuessContext => ({
  kinds,
  kindOf,
  labels: locales.map(
    (locale) => i18next.getResourceBundle(locale, 'kinds') as Record<string, KindLabels>,
  ),
});

export const planContext = (vault: Vault): PlanContext => ({
  ...guessContext(),
  projection: vault.projection,
  newId: () => vault.newId(),
  nextNumber: (kind) => vault.nextNumber(kind),
  offsetMinutes: (utcMs) => -new Date(utcMs).getTimezoneOffset(),
});
