import { useTranslation } from 'react-i18next';

const INNER = /[,，、;；]/;

/** `a, b, and c` or `a、b和c`; `a, 1; b, 2` where a name has a comma of its own. */
export function useList(): (names: readonly string[]) => string {
  const { i18n } = useTranslation();
  const format = new Intl.ListFormat(i18n.language, { style: 'long', type: 'conjunction' });
  const chinese = i18n.language.startsWith('zh');
  return (names) =>
    names.length > 1 && names.some((name) => INNER.test(name))
      ? names.join(chinese ? '；' : '; ')
      : format.format(names);
}
