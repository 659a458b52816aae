import { useTranslation } from 'react-i18next';

/** `a, b, and c` or `a、b和c`. */
export function useList(): (names: readonly string[]) => string {
  const { i18n } = useTranslation();
  const format = new Intl.ListFormat(i18n.language, { style: 'long', type: 'conjunction' });
  return (names) => format.format(names);
}
