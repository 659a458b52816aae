import { expect, test } from 'vitest';
import type { Change } from '../log/change';
import { arriving } from './arriving';

let s = 0;
const names = (sha256: string, k = 'attachment'): Change => ({
  r: 'a-0',
  s: ++s,
  t: [0, 0],
  by: 'Li Na',
  k,
  kv: 1,
  id: `${s}`.padStart(16, '0'),
  f: { sha256 },
});
const isHere = (sha256: string) => sha256 === 'here';

test('only what is not here counts as brought, with its bytes', () => {
  const blobs = [
    { sha256: 'here', size: 10 },
    { sha256: 'new', size: 7 },
  ];
  const changes = [names('new'), names('here')];
  expect(arriving({ blobs, changes, isHere, missing: [] })).toEqual({
    count: 1,
    size: 7,
    missing: 0,
  });
});

test('what was asked for and came is no longer missing; what is newly named without bytes is', () => {
  const blobs = [{ sha256: 'asked', size: 7 }];
  const changes = [names('left out'), names('left out'), names('other', 'ci')];
  expect(arriving({ blobs, changes, isHere, missing: ['asked', 'elsewhere'] })).toEqual({
    count: 1,
    size: 7,
    missing: 2,
  });
});
