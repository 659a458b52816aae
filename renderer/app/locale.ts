/** The language this device shows: chosen by the person, else the system's. */
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Host, Locale } from '../../shared/host';
import { locales, switchLocale } from './i18n';

// Not in the vault: it is needed before the vault can be opened.
const KEY = 'holdfast.locale';

const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

export function chosenLocale(): Locale | undefined {
  const saved = localStorage.getItem(KEY);
  return isLocale(saved) ? saved : undefined;
}

export async function chooseLocale(host: Host, locale: Locale): Promise<void> {
  localStorage.setItem(KEY, locale);
  await switchLocale(locale);
  await host.setLocale(locale);
}

/** The language shown now. */
export const currentLocale = (): Locale => (isLocale(i18next.language) ? i18next.language : 'en');

/** The language shown now; re-renders when it is switched. */
export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return isLocale(i18n.language) ? i18n.language : 'en';
}

/** Names of languages are written in the language itself, so that anybody finds the way back. */
export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' };
