/** Every locale file as the tests over all texts see it. */

export const locales = ['en', 'zh-CN'] as const;
export type LocaleName = (typeof locales)[number];

const files = import.meta.glob<Record<string, unknown>>('../../resources/locales/**/*.json', {
  eager: true,
  import: 'default',
});

/** Texts of one locale: file below the locale's folder, without `.json` -> key path -> text. */
export function textsOf(locale: LocaleName): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const start = `../../resources/locales/${locale}/`;
  const out = new Map<string, ReadonlyMap<string, string>>();
  for (const [path, content] of Object.entries(files)) {
    if (path.startsWith(start)) out.set(path.slice(start.length, -'.json'.length), flat(content));
  }
  return out;
}

/** `{a: {b: 'x'}}` -> `a.b` -> `x`. A value that is no text stands as its JSON, so that it is seen. */
function flat(tree: unknown): Map<string, string> {
  const out = new Map<string, string>();
  const walk = (node: unknown, path: string) => {
    if (typeof node === 'object' && node !== null) {
      for (const [key, value] of Object.entries(node)) walk(value, path ? `${path}.${key}` : key);
    } else {
      out.set(path, typeof node === 'string' ? node : `not a text: ${JSON.stringify(node)}`);
    }
  };
  walk(tree, '');
  return out;
}

/** All texts of one locale: `<ns>:<key>` as the program asks for them. */
export function allTexts(locale: LocaleName): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const [file, texts] of textsOf(locale)) {
    const [ns = '', part] = file.split('/');
    for (const [key, text] of texts) out.set(`${ns}:${part ? `${part}.` : ''}${key}`, text);
  }
  return out;
}
