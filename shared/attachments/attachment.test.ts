import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import type { Fields } from '../log/change';
import { buildChanges, type Edit } from '../log/changeset';
import { createProjection } from '../projection/projection';
import { allAttachments, attachmentsOf } from './attachment';

const sha = (digit: string) => digit.repeat(64);

function projectionOf(...commits: readonly (readonly Edit[])[]) {
  const projection = createProjection(kindOf);
  commits.forEach((edits, i) => {
    const next = (projection.have()['a-0'] ?? 0) + 1;
    const author = { replica: 'a-0', next, t: [1000 + i, 0], by: 'A' } as const;
    projection.apply(
      buildChanges(
        edits,
        (id) => projection.get(id),
        () => 1,
        author,
      ),
      1000 + i,
    );
  });
  return projection;
}

const file = (id: string, fields: Fields): Edit => ({
  do: 'create',
  kind: 'attachment',
  id,
  fields: { of: 'site', name: id, type: 'image/png', size: 5, sha256: sha('a'), ...fields },
});

test('files of a record stand in the order they were added, those of one commit too', () => {
  const projection = projectionOf(
    [file('z', {}), file('m', {}), file('elsewhere', { of: 'other' })],
    [file('a', { takenAt: 7 })],
  );
  const files = attachmentsOf(projection, 'site');
  expect(files.map(({ id }) => id)).toEqual(['z', 'm', 'a']);
  expect(files[2]).toMatchObject({ of: 'site', takenAt: 7, addedAt: 1001, caption: '' });
  expect(allAttachments(projection)).toHaveLength(4);
});

test('a deleted file is no longer one, and an edit of its name does not move it', () => {
  const projection = projectionOf(
    [file('first', {}), file('second', { sha256: sha('b') })],
    [{ do: 'set', id: 'first', fields: { name: 'renamed' } }],
  );
  expect(attachmentsOf(projection, 'site').map(({ name }) => name)).toEqual(['renamed', 'second']);
  const without = projectionOf(
    [file('first', {}), file('second', {})],
    [{ do: 'delete', id: 'first' }],
  );
  expect(attachmentsOf(without, 'site').map(({ id }) => id)).toEqual(['second']);
});

test('a record that names no bytes is no file', () => {
  const projection = projectionOf([
    file('noHash', { sha256: 'blobs/../../x' }),
    file('upper', { sha256: sha('A') }),
    file('noSize', { size: 0 }),
    file('hugeSize', { size: 1e300 }),
  ]);
  expect(allAttachments(projection)).toEqual([]);
});
