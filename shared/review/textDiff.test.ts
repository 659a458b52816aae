import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortened, textDiff } from './textDiff';

test('marks the words that came and went and leaves the others alone', () => {
  expect(textDiff('Call the duty manager first.', 'Call the night manager first.', 'en')).toEqual([
    { text: 'Call the ', is: 'same' },
    { text: 'duty', is: 'removed' },
    { text: 'night', is: 'added' },
    { text: ' manager first.', is: 'same' },
  ]);
});

test('finds words in Chinese, which has no spaces', () => {
  const runs = textDiff('启动备用发电机', '启动移动发电机', 'zh-CN') ?? [];
  expect(runs.filter((run) => run.is === 'removed').map((run) => run.text)).toEqual(['备用']);
  expect(runs.filter((run) => run.is === 'added').map((run) => run.text)).toEqual(['移动']);
});

test('both texts can be read from the marks, to the last blank', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '机', '房'), maxLength: 40 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = textDiff(before, after, 'en') ?? [];
      const side = (without: string) =>
        runs
          .filter((run) => run.is !== without)
          .map((run) => run.text)
          .join('');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
    }),
  );
});

test('gives up on texts that have nothing in common, instead of comparing for minutes', () => {
  const words = (start: number) =>
    Array.from({ length: 5000 }, (_, i) => `w${start + i}`).join(' ');
  expect(textDiff(words(0), words(100_000), 'en')).toBeUndefined();
});

test('long stretches without a change are left out, with some words kept around each change', () => {
  const same = 'word '.repeat(100);
  const runs = textDiff(`${same}old ${same}`, `${same}new ${same}`, 'en') ?? [];
  const texts = shortened(runs).map((run) => run.text);
  expect(texts[0]).toMatch(/^…( word){10,} $/);
  expect(texts.slice(1, 3)).toEqual(['old', 'new']);
  expect(texts[3]).toMatch(/^( word){10,} …$/);
  const few = textDiff('a b', 'a c', 'en') ?? [];
  expect(shortened(few)).toBe(few);
});
