import { describe, expect, test } from 'vitest';
import { locales, textsOf } from './localeFiles';

const [en, zh] = [textsOf('en'), textsOf('zh-CN')];

const PLURAL = /_(one|other)$/;
const base = (key: string) => key.replace(PLURAL, '');
const params = (text: string) =>
  [...text.matchAll(/\{\{\s*([^},\s]+)[^}]*\}\}/g)].map((match) => match[1] ?? '').toSorted();

test('both languages have the same files of texts', () => {
  expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted());
});

describe.each([...en.keys()].toSorted())('texts of %s', (file) => {
  const enTexts = en.get(file) ?? new Map<string, string>();
  const zhTexts = zh.get(file) ?? new Map<string, string>();

  test('have the same keys in both languages', () => {
    const keys = (texts: ReadonlyMap<string, string>) =>
      [...new Set([...texts.keys()].map(base))].toSorted();
    expect(keys(zhTexts)).toEqual(keys(enTexts));
  });

  test('count in the forms that each language has', () => {
    // English counts in one and other, Chinese only in other.
    for (const key of enTexts.keys()) {
      if (!PLURAL.test(key)) continue;
      expect([...enTexts.keys()]).toContain(`${base(key)}_one`);
      expect([...enTexts.keys()]).toContain(`${base(key)}_other`);
      expect([...zhTexts.keys()]).toContain(`${base(key)}_other`);
    }
    expect([...zhTexts.keys()].filter((key) => key.endsWith('_one'))).toEqual([]);
  });

  test('take the same parameters in both languages', () => {
    for (const [key, text] of enTexts) {
      const other = zhTexts.get(key);
      if (other !== undefined) expect({ key, p: params(other) }).toEqual({ key, p: params(text) });
    }
  });

  test('are texts without stray spaces, empty only where both languages leave them out', () => {
    for (const [texts, other] of [
      [enTexts, zhTexts],
      [zhTexts, enTexts],
    ] as const) {
      for (const [key, text] of texts) {
        expect(text, key).toBe(text.trim());
        expect(text, key).not.toMatch(/^not a text: /);
        if (text === '') expect(other.get(key), key).toBe('');
      }
    }
  });
});

/** Names that stay as they are. Abbreviations in capitals (RTO, CSV, PDF) are not looked at. */
const NAMES = new Set([
  'Holdfast',
  'Excel',
  'Ctrl',
  'Shift',
  'Enter',
  'Esc',
  'English',
  'age',
  'Inter',
]);

test('every Chinese text is Chinese, except for names and abbreviations', () => {
  const english: string[] = [];
  for (const [file, texts] of zh) {
    for (const [key, text] of texts) {
      const bare = text.replaceAll(/\{\{[^}]*\}\}/g, '');
      const words = (bare.match(/\p{Script=Latin}+/gu) ?? []).filter((word) =>
        /[a-z]{3}/.test(word),
      );
      if (/\p{Script=Han}/u.test(bare) || words.every((word) => NAMES.has(word))) continue;
      english.push(`${file} ${key}: ${text}`);
    }
  }
  expect(english).toEqual([]);
});

test('no English text holds Chinese, except for names of the language and the drill mark', () => {
  const chinese: string[] = [];
  for (const [file, texts] of en) {
    for (const [key, text] of texts) {
      const rest = text
        .replaceAll('演练', '')
        .replaceAll('启动', '')
        .replaceAll('简体中文', '')
        .replaceAll('中文', '');
      if (/\p{Script=Han}/u.test(rest)) chinese.push(`${file} ${key}: ${text}`);
    }
  }
  expect(chinese).toEqual([]);
});

test('English texts have one kind of apostrophe', () => {
  const straight = [...en].flatMap(([file, texts]) =>
    [...texts].filter(([, text]) => text.includes("'")).map(([key]) => `${file} ${key}`),
  );
  expect(straight).toEqual([]);
});

test('both languages are there', () => {
  for (const locale of locales) expect(textsOf(locale).size).toBeGreaterThan(20);
});
