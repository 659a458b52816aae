import { expect, test } from 'vitest';
import { storageRefusal } from './storageRefusal';

const thrown = (name: string, inner?: Error): Error =>
  Object.assign(new Error('谁的电话'), { name, ...(inner && { inner }) });

test.each([
  ['a full disk', thrown('AbortError', thrown('QuotaExceededError')), 'commit.diskFull'],
  ['a database of a later release', thrown('VersionError'), 'commit.newerDatabase'],
  ['a database that was closed', thrown('DatabaseClosedError'), 'commit.closed'],
  ['anything else that IndexedDB says', thrown('UnknownError'), 'commit.storage'],
  ['something that is no error', 'out of order', 'commit.storage'],
  ['a mistake of ours', new TypeError('谁的电话'), 'commit.mistake'],
  [
    'a mistake of ours that ended a transaction',
    thrown('AbortError', new Error('谁的电话')),
    'commit.mistake',
  ],
])('%s', (_, error, code) => {
  const refused = storageRefusal(error);
  expect(refused).toMatchObject({ ok: false, refusal: { code } });
  expect(JSON.stringify(refused)).not.toContain('谁的电话');
});
