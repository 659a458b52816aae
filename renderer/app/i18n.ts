/**
 * Texts in both languages. A file `resources/locales/<locale>/<ns>.json` is a namespace; a file
 * `<locale>/<ns>/<key>.json` is the part `key` of namespace `ns` (kinds, errors).
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../../shared/host';

type Tree = Record<string, Record<string, Record<string, unknown>>>;

const files = import.meta.glob<Record<string, unknown>>('../../resources/locales/**/*.json', {
  eager: true,
  import: 'default',
});

function resources(): Tree {
  const tree: Tree = {};
  for (const [path, content] of Object.entries(files)) {
    const [locale = '', ns = '', key] = path
      .slice('../../resources/locales/'.length, -'.json'.length)
      .split('/');
    const space = ((tree[locale] ??= {})[ns] ??= {});
    if (key) space[key] = content;
    else Object.assign(space, content);
  }
  return tree;
}

export const locales: readonly Locale[] = ['en', 'zh-CN'];

export async function startI18n(locale: Locale): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: resources(),
    lng: locale,
    fallbackLng: 'en',
    ns: ['ui', 'kinds', 'errors'],
    defaultNS: 'ui',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = locale;
  document.title = i18next.t('ui:product');
}

export async function switchLocale(locale: Locale): Promise<void> {
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}
