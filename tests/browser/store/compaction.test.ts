/** Compaction on real IndexedDB: nothing shown changes, nothing is lost, the past stays readable. */
import { expect, test } from 'vitest';
import { openArchive, saveArchive } from '../../../renderer/exchange/archiveFile';
import { engine } from '../../../renderer/exchange/engine';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { createDb } from '../../../renderer/store/db';
import type { Vault } from '../../../renderer/store/vault';
import { deviceOf } from '../../../shared/trust/device';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { freshName, must, newHost, newPerson, open, openReady, valueOf } from './support';

const host = newHost();

/** What screens show; the names of dead changes are not among it. */
const shown = (vault: Vault) =>
  [...vault.projection.all()]
    .map(({ id, kind, values, heads }) => ({ id, kind, values, heads }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function openHeadquarters(name: string): Promise<Vault> {
  const vault = await openReady(name, undefined, host);
  const { tips } = await vault.exchange.here();
  must(await vault.trust.createOrganisation({ name: 'Harbour', accepted: tips }));
  return vault;
}

async function busyRecord(vault: Vault, edits: number): Promise<string> {
  const { id, edit } = newPerson(vault, 'Li Na');
  must(await vault.commit([edit]));
  for (let i = 0; i < edits; i++) {
    must(await vault.commit([{ do: 'set', id, fields: { jobTitle: `title ${i}` } }]));
  }
  return id;
}

async function enrolledLaptop(hq: Vault, name = freshName()): Promise<Vault> {
  const vault = await open(name, undefined, host);
  const device = must(
    await vault.setUp({ name: 'Laptop', role: 'site', siteCode: 'HB', person: 'Sun Qi' }),
  );
  const keys = vault.trust.keys();
  if (!keys) throw new Error('no keys');
  must(
    await hq.trust.enrol(deviceOf(device.replica), keys, {
      name: 'Laptop',
      holder: 'Sun Qi',
      site: 'HB',
      role: 'coordinator',
      kinds: null,
      until: null,
    }),
  );
  return vault;
}

async function send(from: Vault, to: Vault, content: 'changes' | 'snapshot' = 'changes') {
  const self = to.device()?.replica ?? '';
  let bytes = new Uint8Array();
  const peer = from.exchange.peers().find((each) => each.replica === self);
  must(
    await exportPackage(
      from,
      {
        saveFile: async (file) => {
          bytes = file.bytes as Uint8Array<ArrayBuffer>;
          return ok({ name: file.name });
        },
        keepExported: host.keepExported,
      },
      {
        peer,
        content,
        seal: { kind: 'recipients', devices: [deviceOf(self)] },
        filterName: 'Holdfast',
        engine,
      },
    ),
  );
  const ready = must(await readPackage(to, { file: { name: 'x.holdfast', bytes }, engine }));
  must(await applyPackage(to, ready));
  return ready;
}

test('compaction changes nothing that is shown, now and after opening from the log alone', async () => {
  const name = freshName();
  const vault = await openHeadquarters(name);
  const id = await busyRecord(vault, 30);
  must(await vault.exchange.seal());
  const before = shown(vault);
  const history = await vault.history(id);
  const preview = must(await vault.compaction.preview());
  expect(preview.changes).toBe(32);
  expect(preview.dead).toBe(29);

  const done = must(await vault.compaction.run());
  expect(done.changes).toBe(32);
  expect(shown(vault)).toEqual(before);
  expect(vault.projection.get(id)?.dots.length).toBe(2);
  expect(await vault.history(id)).toEqual(history);
  expect(await vault.exchange.segmentsSince({})).toEqual([]);
  expect((await vault.archive.size()).changes).toBe(32);
  expect(must(await vault.compaction.preview()).changes).toBe(0);

  // Undo of a step whose changes are compacted, and writing on: the chain of the author goes on.
  must(await vault.undo());
  expect(valueOf(vault, id, 'jobTitle')).toBe('title 28');
  must(await vault.exchange.seal());
  const after = shown(vault);
  await vault.close();

  const db = createDb(name);
  await db.chunks.clear();
  await db.meta.delete('checkpoint');
  db.close();
  const again = await open(name, undefined, host);
  expect(again.damaged()).toBe(false);
  expect(shown(again)).toEqual(after);
  expect((await again.history(id)).length).toBe(history.length + 1);
  must(await again.compaction.run());
  expect(shown(again)).toEqual(after);
  expect((await again.archive.size()).changes).toBe(33);
  await again.close();
});

test('what a laptop has not confirmed stays; one that lost everything gets the base', async () => {
  const hq = await openHeadquarters(freshName());
  const id = await busyRecord(hq, 5);
  const laptop = await enrolledLaptop(hq);
  must(await hq.exchange.seal());
  expect(must(await hq.compaction.preview())).toMatchObject({ changes: 0 });
  expect(must(await hq.compaction.preview()).awaited).toEqual([
    deviceOf(laptop.device()?.replica ?? ''),
  ]);
  expect(await hq.compaction.run()).toMatchObject({
    ok: false,
    refusal: { code: 'compaction.nothing' },
  });
  await send(hq, laptop);
  await send(laptop, hq);
  must(await hq.compaction.run());
  expect(hq.exchange.delivery(id)).toBe('confirmed');

  must(await laptop.commit([{ do: 'set', id, fields: { jobTitle: 'from the field' } }]));
  await send(laptop, hq);
  expect(valueOf(hq, id, 'jobTitle')).toBe('from the field');
  expect(hq.projection.conflicts().size).toBe(0);

  const fresh = await enrolledLaptop(hq);
  const ready = await send(hq, fresh, 'snapshot');
  expect(ready.plan.bases.length).toBe(1);
  expect(ready.plan.sender).toBe('proven');
  const own = fresh.device()?.replica ?? '';
  const others = shown(fresh).filter((record) => record.id !== own);
  expect(others).toEqual(shown(hq));
  expect(await fresh.lostPast(id)).toEqual({ files: [], elsewhere: true });
  must(await fresh.commit([{ do: 'set', id, fields: { jobTitle: 'fresh' } }]));
  await send(fresh, hq);
  expect(valueOf(hq, id, 'jobTitle')).toBe('fresh');
  for (const vault of [hq, laptop, fresh]) await vault.close();
});

test('a damaged base is noticed, and nothing is written over it', async () => {
  const name = freshName();
  const vault = await openHeadquarters(name);
  await busyRecord(vault, 3);
  must(await vault.compaction.run());
  await vault.close();
  const db = createDb(name);
  await db.meta.delete('checkpoint');
  await db.baseParts.toCollection().modify((row: { bytes: Uint8Array }) => {
    row.bytes = row.bytes.slice(1);
  });
  db.close();
  const damaged = await open(name, undefined, host);
  expect(damaged.damaged()).toBe(true);
  expect(damaged.isWriter()).toBe(false);
  await damaged.close();
});

test('cancelled, and on a device that is not headquarters, it changes nothing', async () => {
  const vault = await openReady(freshName(), undefined, host);
  await busyRecord(vault, 3);
  expect(await vault.compaction.run()).toMatchObject({
    refusal: { code: 'compaction.notHeadquarters' },
  });
  const { tips } = await vault.exchange.here();
  must(await vault.trust.createOrganisation({ name: 'Harbour', accepted: tips }));
  const stop = new AbortController();
  stop.abort();
  expect(await vault.compaction.run({ signal: stop.signal })).toMatchObject({
    refusal: { code: 'exchange.cancelled' },
  });
  expect((await vault.archive.size()).segments).toBe(0);
  await vault.close();
});

test('the archive goes to a file, says so in a history, and is read from it again', async () => {
  const name = freshName();
  const vault = await openHeadquarters(name);
  const id = await busyRecord(vault, 12);
  const history = await vault.history(id);
  must(await vault.compaction.run());
  let bytes = new Uint8Array();
  const saveFile = async (file: { readonly name: string; readonly bytes: Bytes }) => {
    bytes = file.bytes as Uint8Array<ArrayBuffer>;
    return ok({ name: file.name });
  };
  const saved = must(await saveArchive(vault, { saveFile }, { filterName: 'Holdfast', engine }));
  if (!saved) throw new Error('not saved');
  expect(saved.file.name).toMatch(/^holdfast-HQ\w+-archive-0001\.holdfast$/);
  // Saved is not freed: the file might not have reached the stick.
  expect((await vault.archive.size()).changes).toBe(14);
  must(await vault.archive.free(saved.file, saved.segments));
  expect((await vault.archive.size()).segments).toBe(0);
  // Who wrote what is shown stays known.
  expect((await vault.history(id)).map(({ by }) => by)).toEqual(['Chen Wei', 'Chen Wei']);
  expect(await vault.lostPast(id)).toEqual({ files: [saved.file.name], elsewhere: false });
  // A late copy of what went to the file is known by its hash.
  expect((await vault.exchange.here()).hashes.has(saved.segments[0]?.sha256 ?? '')).toBe(true);
  await vault.close();

  const again = await open(name, undefined, host);
  expect(await again.lostPast(id)).toEqual({ files: [saved.file.name], elsewhere: false });
  const file = { name: saved.file.name, bytes };
  expect(must(await openArchive(again, { file, engine })).changes).toBe(14);
  expect(await again.history(id)).toEqual(history);
  expect(await again.lostPast(id)).toEqual({ files: [], elsewhere: false });
  expect(await readPackage(again, { file, engine })).toMatchObject({
    refusal: { code: 'exchange.archiveHere' },
  });
  await again.close();
});

/** Bytes of the tables that grow with history, as they are stored. */
async function bytesIn(
  name: string,
): Promise<Record<'log' | 'base' | 'archive' | 'chunks', number>> {
  const db = createDb(name);
  const sum = { log: 0, base: 0, archive: 0, chunks: 0 };
  await db.segments.each((row) => void (sum.log += row.bytes.length));
  await db.archive.each((row) => void (sum.archive += row.bytes.length));
  await db.baseParts.each((row) => void (sum.base += row.bytes.length));
  await db.chunks.each((row) => void (sum.chunks += row.text.length));
  db.close();
  return sum;
}

test('what a busy headquarters keeps is proportional to what is alive', async () => {
  const RECORDS = 300;
  const EDITS = 10;
  const name = freshName();
  const vault = await openHeadquarters(name);
  const ids = Array.from({ length: RECORDS }, () => vault.newId());
  must(
    await vault.commit(
      ids.map((id, i) => ({ do: 'create', kind: 'person', id, fields: { name: `Person ${i}` } })),
    ),
  );
  for (let n = 0; n < EDITS; n++) {
    must(
      await vault.commit(
        ids.map((id, i) => ({
          do: 'set',
          id,
          fields: { notes: `${n} ${id} ${(i * 7919 + n) % 997}` },
        })),
      ),
    );
  }
  await vault.close();
  const before = await bytesIn(name);
  const again = await open(name, undefined, host);
  must(await again.compaction.run());
  const saveFile = async (file: { readonly name: string }) => ok({ name: file.name });
  const file = must(await saveArchive(again, { saveFile }, { filterName: 'Holdfast', engine }));
  if (file) must(await again.archive.free(file.file, file.segments));
  await again.close();
  const after = await bytesIn(name);
  expect(after.archive + after.log).toBe(0);
  expect(after.base).toBeLessThan(before.log / 4);
  expect(after.chunks).toBeLessThan(before.chunks * 0.8);
});

test('another window follows a compaction, reads the past, and writes on when it takes over', async () => {
  const name = freshName();
  const first = await openHeadquarters(name);
  const id = await busyRecord(first, 8);
  const second = await open(name, undefined, host);
  const history = await second.history(id);
  must(await first.compaction.run());
  await expect.poll(() => second.compaction.now()?.changes).toBe(10);
  expect(await second.history(id)).toEqual(history);
  expect(await second.compaction.run()).toMatchObject({ refusal: { code: 'commit.readOnly' } });
  await first.close();
  await expect.poll(() => second.isWriter()).toBe(true);
  must(await second.commit([{ do: 'set', id, fields: { jobTitle: 'second' } }]));
  must(await second.exchange.seal());
  must(await second.compaction.run());
  expect((await second.history(id)).length).toBe(history.length + 1);
  await second.close();
});

test('a laptop that took a base over opens from base and log alone', async () => {
  const hq = await openHeadquarters(freshName());
  const id = await busyRecord(hq, 6);
  must(await hq.compaction.run());
  const name = freshName();
  const laptop = await enrolledLaptop(hq, name);
  must(await laptop.commit([newPerson(laptop, 'before the base').edit]));
  await send(hq, laptop, 'snapshot');
  must(await laptop.commit([{ do: 'set', id, fields: { jobTitle: 'after' } }]));
  const before = shown(laptop);
  await laptop.close();
  const db = createDb(name);
  await db.chunks.clear();
  await db.meta.delete('checkpoint');
  db.close();
  const again = await open(name, undefined, host);
  expect(shown(again)).toEqual(before);
  expect(again.isWriter()).toBe(true);
  for (const vault of [hq, again]) await vault.close();
});
