import { expect, test } from 'vitest';
import { allTexts, locales, textsOf } from './localeFiles';
import { sources } from './sources';

/** Keys as the program asks for them, `<ns>:<path>`; a key without a namespace is one of `ui`. */
const spaces = new Set([...textsOf('en').keys()].map((file) => file.split('/')[0] ?? ''));
const NAMED = new RegExp(`['"\`]((?:${[...spaces].join('|')}):[\\w.-]+)['"\`]`, 'g');
const PLAIN = /(?:\bt\(|\bi18nKey=\{?)\s*['"]([\w.-]+)['"]/g;

function usedKeys(): Map<string, string> {
  const keys = new Map<string, string>();
  for (const [path, text] of sources) {
    if (!path.startsWith('renderer/')) continue;
    for (const match of text.matchAll(NAMED)) keys.set(match[1] ?? '', path);
    for (const match of text.matchAll(PLAIN)) keys.set(`ui:${match[1] ?? ''}`, path);
  }
  return keys;
}

test('the scan sees what screens ask for', () => {
  expect(usedKeys().size).toBeGreaterThan(100);
});

test.each(locales)('every text that a screen asks for is there in %s', (locale) => {
  const texts = allTexts(locale);
  const parts = new Set<string>();
  for (const key of texts.keys()) {
    // `returnObjects` and counted texts ask for a part of the tree or for a key without its form.
    for (let at = key.indexOf('.'); at > 0; at = key.indexOf('.', at + 1))
      parts.add(key.slice(0, at));
    parts.add(key.replace(/_(one|other)$/, ''));
  }
  const missing = [...usedKeys()].filter(([key]) => !texts.has(key) && !parts.has(key));
  expect(missing).toEqual([]);
});

/** Beginnings of keys that are completed at run time from a choice, a kind or a refusal. */
const BUILT = new RegExp(`\`((?:${[...spaces].join('|')}):[\\w.-]*)\\$\\{`, 'g');

test.each(locales)('every key that is completed at run time can begin so in %s', (locale) => {
  const keys = [...allTexts(locale).keys()];
  const built = [...sources].flatMap(([path, text]) =>
    [...text.matchAll(BUILT)].map((match) => [match[1] ?? '', path] as const),
  );
  expect(built.length).toBeGreaterThan(20);
  expect(built.filter(([start]) => !keys.some((key) => key.startsWith(start)))).toEqual([]);
});

/** A text that is asked for with values, and the names of those. */
const GIVEN = new RegExp(
  `\\bt\\(\\s*['"]((?:${[...spaces].join('|')}):[\\w.-]+)['"],\\s*\\{((?:[^{}]|\\{[^{}]*\\})*)\\}`,
  'g',
);

/** Without what stands in brackets. */
function outermost(values: string): string {
  const shorter = values.replaceAll(/[([{][^()[\]{}]*[)\]}]/g, '');
  return shorter === values ? values : outermost(shorter);
}

/** A key that is asked for by mistake has a text, and says something else. */
test.each(locales)('every value that a screen hands to a text stands in it in %s', (locale) => {
  const texts = allTexts(locale);
  const given = [...sources].flatMap(([path, text]) =>
    [...text.matchAll(GIVEN)].flatMap(([, key = '', values = '']) =>
      [...outermost(values).matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = '']) => ({
        path,
        key,
        name,
      })),
    ),
  );
  expect(given.length).toBeGreaterThan(100);
  const says = (form: string, name: string): boolean =>
    new RegExp(`\\{\\{${name}(?:, \\w+)?\\}\\}`).test(texts.get(form) ?? '');
  const unsaid = given
    // Which form a text has, not what it says.
    .filter(({ name }) => !['count', 'context', 'returnObjects'].includes(name))
    .filter(({ key, name }) =>
      [key, `${key}_one`, `${key}_other`].every((form) => !says(form, name)),
    );
  expect(unsaid).toEqual([]);
});

test('no text stands that nothing asks for', () => {
  const all = [...sources.values()].join('\n');
  const plain = [...all.matchAll(/\bt\(\s*`([\w.-]+)\$\{/g)].map((match) => `ui:${match[1] ?? ''}`);
  const starts = [...all.matchAll(BUILT)].map((match) => match[1] ?? '').concat(plain);
  // Labels of kinds and words for refusals have tests of their own; menu items are named by role.
  const elsewhere = /^(kinds|errors|menu|units):/;
  const orphans = [...allTexts('en').keys()]
    .filter((key) => !elsewhere.test(key))
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !all.includes(key.startsWith('ui:') ? key.slice(3) : key))
    .filter((key) => !starts.some((start) => key.startsWith(start)));
  expect([...new Set(orphans)]).toEqual([]);
});
