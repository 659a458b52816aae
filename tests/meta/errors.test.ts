import { expect, test } from 'vitest';
import { allTexts, locales } from './localeFiles';
import { sources } from './sources';

/** Refusal codes have a dot in them; codes of kinds (`CI`) have none. */
const CODE = /'([a-z][A-Za-z]*(?:\.[A-Za-z]+)+)'/g;

/** Codes in `refuse(...)`, in `code: ...` and after either within the same expression. */
function refusalCodes(): Map<string, string> {
  const codes = new Map<string, string>();
  for (const [path, text] of sources) {
    for (const match of text.matchAll(/(?:\brefuse\(|\bcode:)([^;{}]*?)(?:[;}]|\{|\))/g)) {
      for (const code of (match[1] ?? '').matchAll(CODE)) codes.set(code[1] ?? '', path);
    }
  }
  return codes;
}

test('the scan sees the codes of every layer', () => {
  const codes = [...refusalCodes().keys()];
  for (const known of ['field.required', 'commit.readOnly', 'exchange.damaged']) {
    expect(codes).toContain(known);
  }
});

test.each(locales)('every refusal has its words in %s', (locale) => {
  const texts = allTexts(locale);
  const has = (key: string) => texts.has(key) || texts.has(`${key}_other`);
  const silent = [...refusalCodes()].filter(([code]) => !has(`errors:${code}`));
  expect(silent).toEqual([]);
});

test('no words stand for a refusal that nothing gives', () => {
  const all = [...sources.values()].join('\n');
  const orphans = [...allTexts('en').keys()]
    .filter((key) => key.startsWith('errors:'))
    .map((key) => key.slice('errors:'.length).replace(/_(one|other)$/, ''))
    .filter((code) => !all.includes(`'${code}'`) && !all.includes(`:${code}'`));
  expect(orphans).toEqual([]);
});
