import { expect, test } from 'vitest';
import { preferredLocale } from './preferredLocale';

test.each([
  [['zh-TW', 'en'], 'zh-CN'],
  [['ZH-hans-cn'], 'zh-CN'],
  [['de-DE', 'zh', 'en'], 'zh-CN'],
  [['en-GB', 'zh'], 'en'],
  [['zha', 'enm'], 'en'],
  [[], 'en'],
] as const)('the languages %j are served in %s', (languages, locale) => {
  expect(preferredLocale(languages)).toBe(locale);
});
