import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import { createProjection, type Projection } from '../projection/projection';
import { linkId, type Change } from './change';
import { buildChanges, type Edit } from './changeset';
import { headsOf } from './record';
import { seen } from './vector';
import { invert, overwrittenBy, type Inverse } from './undo';

interface Desk {
  readonly projection: Projection;
  readonly log: Change[];
  write(edits: readonly Edit[], replica?: string): readonly Change[];
  inverse(commit: readonly Change[]): Inverse;
}

function desk(): Desk {
  const projection = createProjection(kindOf);
  const log: Change[] = [];
  let time = 1;
  return {
    projection,
    log,
    write(edits, replica = 'a-0') {
      const changes = buildChanges(
        edits,
        (id) => projection.get(id),
        () => 1,
        { replica, next: seen(projection.have(), replica) + 1, t: [time++, 0], by: 'Li Na' },
      );
      projection.apply(changes, 1e12);
      log.push(...changes);
      return changes;
    },
    inverse(commit) {
      const dots = new Set(overwrittenBy(commit));
      const earlier = log.filter((change) => dots.has(`${change.r}:${change.s}`));
      return invert(commit, earlier, (id) => projection.get(id));
    },
  };
}

const person = (id: string, name: string): Edit => ({
  do: 'create',
  kind: 'person',
  id,
  fields: { name },
});

test('undoing an edit puts the earlier value back; undoing that puts the edit back', () => {
  const { write, inverse, projection } = desk();
  write([person('p', 'Hu Bo')]);
  const edit = write([{ do: 'set', id: 'p', fields: { name: 'Hu Bo junior', mobile: '1' } }]);
  const undone = write(inverse(edit).edits);
  expect(projection.get('p')?.values).toMatchObject({ name: 'Hu Bo', mobile: null });
  write(inverse(undone).edits);
  expect(projection.get('p')?.values).toMatchObject({ name: 'Hu Bo junior', mobile: '1' });
});

test('undoing a creation deletes, undoing a deletion restores, undoing a link removes it', () => {
  const { write, inverse, projection } = desk();
  const created = write([person('p', 'Hu Bo'), person('q', 'Deng Yu')]);
  const gone = write([{ do: 'delete', id: 'p' }]);
  write(inverse(gone).edits);
  expect(projection.visible('p')).toBeDefined();
  const ci: Edit = { do: 'create', kind: 'ci', id: 'c', fields: { name: 'rack' } };
  write([ci]);
  const linked = write([{ do: 'link', from: 'c', rel: 'hasContact', to: 'p' }]);
  write(inverse(linked).edits);
  expect(projection.visible(linkId('c', 'hasContact', 'p'))).toBeUndefined();
  // p was deleted and restored since, so only q is taken back.
  const back = inverse(created);
  write(back.edits);
  expect(projection.visible('q')).toBeUndefined();
});

test('what somebody else changed since is left alone and counted', () => {
  const { write, inverse, projection } = desk();
  write([person('p', 'Hu Bo')]);
  const edit = write([{ do: 'set', id: 'p', fields: { mobile: '1' } }]);
  write([{ do: 'set', id: 'p', fields: { mobile: '2' } }], 'b-0');
  expect(inverse(edit)).toEqual({ edits: [], skipped: 1 });
  expect(projection.get('p')?.values.mobile).toBe('2');
});

test('undoing a decision puts all values beside each other again, the one that was shown on top', () => {
  const { write, inverse, projection, log } = desk();
  write([person('p1', 'Li')]);
  const before = projection.get('p1');
  const elsewhere = buildChanges(
    [{ do: 'set', id: 'p1', fields: { name: 'Li Na' } }],
    () => before,
    () => 1,
    { replica: 'b-0', next: 1, t: [90, 0], by: 'Chen Wei' },
  );
  write([{ do: 'set', id: 'p1', fields: { name: 'Li Ming' } }]);
  projection.apply(elsewhere, 1e12);
  log.push(...elsewhere);
  const decision = write([{ do: 'set', id: 'p1', fields: { name: 'Li Na' } }]);
  expect(projection.conflicts().size).toBe(0);
  write(inverse(decision).edits);
  const state = projection.get('p1');
  expect(state && headsOf(state, 'name').map((head) => head.value)).toEqual(['Li Na', 'Li Ming']);
});

test('undoing the restoring of a record that was edited meanwhile keeps the edit in sight (I11)', () => {
  const { write, inverse, projection } = desk();
  write([person('p1', 'Li')]);
  write([{ do: 'delete', id: 'p1' }]);
  const restored = write([{ do: 'restore', id: 'p1' }]);
  write([{ do: 'set', id: 'p1', fields: { mobile: '1' } }], 'b-0');
  write(inverse(restored).edits);
  expect(projection.visible('p1')?.values.mobile).toBe('1');
  expect(projection.conflicts().has('p1')).toBe(true);
});
