import { expect, test } from 'vitest';
import { batchNumbers } from '../projection/batchNumbers';
import { ciClass } from './ciClass';
import { classSeeds, seedEdits } from './seed';
import { checkFields } from './validate';

test.each(['en', 'zh-CN'] as const)(
  'the classes of a fresh organisation are valid in %s',
  (locale) => {
    let ids = 0;
    const edits = seedEdits(
      locale,
      () => `id${++ids}`,
      () => 'HQ7K-CLS-0009',
    );
    expect(edits.length).toBe(classSeeds.length);
    const names = new Set<unknown>();
    for (const [i, edit] of edits.entries()) {
      if (edit.do !== 'create') throw new Error(edit.do);
      expect(checkFields(ciClass, edit.fields)).toEqual({});
      expect(edit.fields.number).toBe(`HQ7K-CLS-${String(9 + i).padStart(4, '0')}`);
      names.add(edit.fields.name);
    }
    expect(names.size).toBe(edits.length);
  },
);

test('every class the manual names at least is there (9.1.3)', () => {
  const named = [
    'software',
    'systemDocument',
    'baseline',
    'hardware',
    'backup',
    'licence',
    'security',
    'serviceDocument',
    'facility',
  ];
  const keys = classSeeds.map((seed) => seed.key);
  for (const key of named) expect(keys).toContain(key);
});

test('numbers of one batch count on for each kind by itself and keep their padding', () => {
  const first: Readonly<Record<string, string>> = { ci: 'HQ7K-CI-0041', site: 'HQ7K-SIT-9999' };
  const number = batchNumbers((kind) => first[kind] ?? '');
  expect([number('ci'), number('site'), number('ci'), number('site')]).toEqual([
    'HQ7K-CI-0041',
    'HQ7K-SIT-9999',
    'HQ7K-CI-0042',
    'HQ7K-SIT-10000',
  ]);
});
