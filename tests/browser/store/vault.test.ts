import { expect, test } from 'vitest';
import { ok } from '../../../shared/result';
import { createDb } from '../../../renderer/store/db';
import { openVault } from '../../../renderer/store/openVault';
import { freshName, must, newPerson, open, openReady, picture, valueOf } from './support';

test('a commit survives closing and opening again', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const { id, edit } = newPerson(vault, 'Li Na');
  must(await vault.commit([edit]));
  must(await vault.commit([{ do: 'set', id, fields: { mobile: '13900000001' } }]));
  const before = picture(vault);
  await vault.close();

  const again = await open(name);
  expect(picture(again)).toEqual(before);
  expect(again.device()?.name).toBe('HQ');
  await again.close();
});

test('a page killed right after a commit loses nothing, whatever housekeeping had done', async () => {
  const name = freshName();
  const vault = await openReady(name);
  for (let i = 0; i < 5; i++) must(await vault.commit([newPerson(vault, `Person ${i}`).edit]));
  const before = picture(vault);
  // No close(): the lock of the first vault stays, as with a frozen window; reading works.
  const other = await open(name);
  expect(other.isWriter()).toBe(false);
  expect(picture(other)).toEqual(before);
  await other.close();
  await vault.close();
});

test('a lost or damaged checkpoint is rebuilt from the log', async () => {
  const name = freshName();
  const vault = await openReady(name);
  must(await vault.commit([newPerson(vault, 'Zhao Min').edit, newPerson(vault, 'Sun Qi').edit]));
  must(await vault.exchange.seal());
  must(await vault.commit([newPerson(vault, 'Wang Jun').edit]));
  const before = picture(vault);
  await vault.close();

  const db = createDb(name);
  expect(await db.chunks.count()).toBeGreaterThan(0);
  await db.chunks.update(0, { text: '[["broken' });
  db.close();
  const damaged = await open(name);
  expect(picture(damaged)).toEqual(before);
  await damaged.close();

  const wiped = createDb(name);
  await wiped.chunks.clear();
  await wiped.meta.delete('checkpoint');
  wiped.close();
  const rebuilt = await open(name);
  expect(picture(rebuilt)).toEqual(before);
  await rebuilt.close();
});

test('a checkpoint older than the log is completed from tail and segments', async () => {
  const name = freshName();
  const vault = await openReady(name);
  must(await vault.commit([newPerson(vault, 'First').edit]));
  await vault.close();

  const second = await open(name);
  const { id, edit } = newPerson(second, 'Second');
  must(await second.commit([edit]));
  must(await second.exchange.seal());
  must(await second.commit([{ do: 'set', id, fields: { jobTitle: 'Coordinator' } }]));
  const before = picture(second);

  // Read by a window that starts from the older checkpoint, the writer never having saved one.
  const third = await open(name);
  expect(picture(third)).toEqual(before);
  await third.close();
  await second.close();
});

test('one writer among windows: the second reads, follows, and takes over', async () => {
  const name = freshName();
  const first = await openReady(name);
  const second = await open(name);
  expect(second.isWriter()).toBe(false);
  const refused = await second.commit([newPerson(second, 'Nobody').edit]);
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'commit.readOnly' } });

  const { id, edit } = newPerson(first, 'Guo Tao');
  must(await first.commit([edit]));
  await expect.poll(() => valueOf(second, id, 'name')).toBe('Guo Tao');

  await first.close();
  await expect.poll(() => second.isWriter()).toBe(true);
  must(await second.commit([{ do: 'set', id, fields: { mobile: '1' } }]));
  expect(valueOf(second, id, 'mobile')).toBe('1');
  await second.close();
});

test('undo takes back an edit, a deletion and a whole import, and is itself history', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const people = Array.from({ length: 30 }, (_, i) => newPerson(vault, `Person ${i}`));
  must(
    await vault.commit(
      people.map((p) => p.edit),
      { op: 'import', label: 'contacts.csv' },
    ),
  );
  const first = people[0];
  if (!first) throw new Error('no person');
  must(await vault.commit([{ do: 'set', id: first.id, fields: { jobTitle: 'Manager' } }]));
  must(await vault.commit([{ do: 'delete', id: first.id }]));
  expect(vault.projection.visible(first.id)).toBeUndefined();

  must(await vault.undo());
  expect(vault.projection.visible(first.id)?.values.jobTitle).toBe('Manager');
  must(await vault.undo());
  expect(valueOf(vault, first.id, 'jobTitle')).toBeNull();
  expect(vault.undoStep()).toMatchObject({ op: 'import', label: 'contacts.csv' });
  await vault.close();

  const again = await open(name);
  must(await again.undo());
  expect(again.projection.records('person')).toHaveLength(0);
  expect((await again.history(first.id)).map((entry) => entry.why?.op)).toEqual([
    'undo',
    'undo',
    'undo',
    undefined,
    undefined,
    'import',
  ]);
  expect(await again.undo()).toMatchObject({ refusal: { code: 'commit.nothingToUndo' } });
  await again.close();
});

test('history names who changed what from what to what, also from sealed segments', async () => {
  const name = freshName();
  const vault = await openReady(name, () => Date.UTC(2026, 10, 23, 8));
  const { id, edit } = newPerson(vault, 'Hu Bo');
  must(await vault.commit([edit]));
  must(await vault.exchange.seal());
  must(await vault.signIn('Deng Yu'));
  must(await vault.commit([{ do: 'set', id, fields: { name: 'Hu Bo (branch 7)' } }]));
  const [last, firstEntry] = await vault.history(id);
  expect(last).toMatchObject({
    by: 'Deng Yu',
    steps: [{ field: 'name', from: ['Hu Bo'], to: 'Hu Bo (branch 7)' }],
  });
  expect(last?.at).toBe(Date.UTC(2026, 10, 23, 8));
  expect(firstEntry?.by).toBe('Chen Wei');
  expect(firstEntry?.replica).toBe(vault.device()?.replica);
  await vault.close();
});

test('a refused changeset writes nothing', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const before = picture(vault);
  const bad = await vault.commit([
    newPerson(vault, 'Good').edit,
    { do: 'create', kind: 'person', id: vault.newId(), fields: { email: 'nonsense' } },
  ]);
  expect(bad).toMatchObject({ ok: false, refusal: { code: 'commit.field' } });
  expect(picture(vault)).toEqual(before);
  await vault.close();
});

test('a damaged segment makes the vault read-only instead of reusing sequence numbers', async () => {
  const name = freshName();
  const vault = await openReady(name);
  must(await vault.commit([newPerson(vault, 'Lost').edit]));
  must(await vault.exchange.seal());
  await vault.close();
  const db = createDb(name);
  await db.chunks.clear();
  await db.meta.delete('checkpoint');
  await db.segments.toCollection().modify((row: { bytes: Uint8Array }) => {
    row.bytes = new Uint8Array([1, 2, 3]);
  });
  db.close();
  const again = await open(name);
  expect(again.isWriter()).toBe(false);
  expect(again.damaged()).toBe(true);
  const refused = { ok: false, refusal: { code: 'commit.damaged' } };
  expect(await again.commit([newPerson(again, 'Found').edit])).toMatchObject(refused);
  await again.close();
});

test('a full disk refuses in words and keeps what was there', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const before = picture(vault);
  const original = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const refused = await vault.commit([newPerson(vault, 'Nowhere').edit]);
  IDBObjectStore.prototype.add = original;
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'commit.diskFull' } });
  expect(picture(vault)).toEqual(before);
  must(await vault.commit([newPerson(vault, 'Somewhere').edit]));
  await vault.close();
});

test('drafts and settings stay on the device and outside the log', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const changes = vault.projection.have();
  const before = { ...changes };
  await vault.saveDraft('person:new', { name: 'Half typ' });
  await vault.setSetting('view', { columns: ['name'] });
  expect(vault.projection.have()).toEqual(before);
  await vault.close();
  const again = await open(name);
  expect(await again.draft('person:new')).toEqual({ name: 'Half typ' });
  expect(again.setting('view')).toEqual({ columns: ['name'] });
  await again.saveDraft('person:new', undefined);
  expect(await again.draft('person:new')).toBeUndefined();
  await again.close();
});

test('a database put back from a backup never uses a sequence number twice', async () => {
  const name = freshName();
  const marks = new Map<string, number>();
  const outside = {
    exported: async (replica: string) => marks.get(replica) ?? 0,
    keepExported: async (replica: string, sequence: number) => {
      marks.set(replica, Math.max(sequence, marks.get(replica) ?? 0));
      return ok(null);
    },
  };
  const vault = await openReady(name);
  const before = vault.device();
  if (!before) throw new Error('no device');
  must(await vault.commit([newPerson(vault, 'In the backup').edit]));
  // Exported later than the backup was made: the number outside is larger than the database knows.
  await outside.keepExported(before.replica, 10);
  await vault.close();

  const restored = must(await openVault({ host: outside, name }));
  const after = restored.device();
  expect(after?.replica).toBe(before.replica.replace(/-0$/, '-1'));
  expect(after?.prefix).not.toBe(before.prefix);
  must(await restored.commit([newPerson(restored, 'After the restore').edit]));
  expect(restored.projection.have()).toMatchObject({
    [before.replica]: 2,
    [String(after?.replica)]: 2,
  });
  await restored.close();
});

test('a restored database that reads elsewhere what it wrote goes on under a new epoch', async () => {
  const marks = new Map<string, number>();
  const outside = {
    exported: async (replica: string) => marks.get(replica) ?? 0,
    keepExported: async (replica: string, sequence: number) => {
      marks.set(replica, sequence);
      return ok(null);
    },
  };
  const vault = must(await openVault({ host: outside, name: freshName() }));
  const before = must(
    await vault.setUp({ name: 'HQ', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' }),
  );
  const entry = {
    id: 'file1',
    direction: 'in',
    at: 1,
    name: 'x.holdfast',
    type: 'receipt',
    peer: undefined,
    number: 1,
    changes: 0,
    bytes: 1,
  } as const;
  const nothing = { segments: [], waiting: () => [], changes: [], peer: undefined, entry };
  const seenUpTo = async (ownSeen: number): Promise<void> => {
    const version = vault.projection.version();
    must(await vault.exchange.receive({ ...nothing, version, ownSeen }));
  };
  await seenUpTo(1);
  expect(vault.device()?.replica).toBe(before.replica);
  await seenUpTo(40);
  expect(vault.device()?.replica).toBe(before.replica.replace(/-0$/, '-1'));
  must(await vault.commit([newPerson(vault, 'Under the new epoch').edit]));
  await vault.close();
});

test('fields of a checkpoint that cannot be read are rebuilt from the log at the next start', async () => {
  const name = freshName();
  const vault = await openReady(name);
  const { id, edit } = newPerson(vault, 'Zhou Fang');
  must(await vault.commit([edit]));
  const before = picture(vault);
  await vault.close();

  const db = createDb(name);
  await db.chunks.toCollection().modify((row: { text: string }) => {
    row.text = row.text.replace('"Zhou Fang"', '"Zhou Fang,');
  });
  db.close();
  const first = await open(name);
  expect(() => first.projection.get(id)?.values).toThrow();
  await first.close();
  const second = await open(name);
  expect(picture(second)).toEqual(before);
  await second.close();
});
