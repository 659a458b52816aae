/** Bytes of attachments in a real database. */
import { expect, test } from 'vitest';
import { createDb } from '../../../renderer/store/db';
import type { Vault } from '../../../renderer/store/vault';
import type { Edit } from '../../../shared/log/changeset';
import { freshName, must, newPerson, open, openReady } from '../store/support';

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
const sha256Of = async (blob: Blob): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())), (b) =>
    b.toString(16).padStart(2, '0'),
  ).join('');

/** Bytes that do not repeat from slice to slice. */
const noise = (size: number, seed: number): Blob => {
  const bytes = new Uint8Array(size);
  let at = seed;
  for (let i = 0; i < size; i++) {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = at >>> 24;
  }
  return new Blob([bytes]);
};

async function attach(vault: Vault, of: string, sha256: string, size: number): Promise<string> {
  const id = vault.newId();
  const fields = { of, name: 'photo.jpg', type: 'image/jpeg', size, sha256 };
  const edits: readonly Edit[] = [{ do: 'create', kind: 'attachment', id, fields }];
  must(await vault.commit(edits));
  return id;
}

async function withPerson(name: string, now?: () => number) {
  const vault = await openReady(name, now);
  const { id, edit } = newPerson(vault, 'Li Na');
  must(await vault.commit([edit]));
  return { vault, person: id };
}

test('bytes are kept under the SHA-256 they really have, small and large, and survive a restart', async () => {
  const name = freshName();
  const { vault } = await withPerson(name);
  const small = noise(1000, 1);
  const large = noise(5 * MB + 17, 2);
  const seen: number[] = [];
  for (const blob of [small, large]) {
    const kept = must(await vault.blobs.put(blob, { onProgress: (done) => seen.push(done) }));
    expect(kept).toEqual({ sha256: await sha256Of(blob), size: blob.size });
  }
  expect(seen.at(-1)).toBe(large.size);
  await vault.close();

  const again = await open(name);
  for (const blob of [small, large]) {
    const sha256 = await sha256Of(blob);
    expect(again.blobs.state(sha256)).toBe('here');
    const back = await again.blobs.get(sha256);
    expect(back?.size).toBe(blob.size);
    expect(back && (await sha256Of(back))).toBe(sha256);
  }
  await again.close();
});

test('the same bytes are stored once, and deleting one record that names them takes nothing away', async () => {
  const name = freshName();
  const { vault, person } = await withPerson(name);
  const blob = noise(5000, 3);
  const { sha256, size } = must(await vault.blobs.put(blob));
  must(await vault.blobs.put(blob));
  const first = await attach(vault, person, sha256, size);
  await attach(vault, person, sha256, size);
  must(await vault.commit([{ do: 'delete', id: first }]));
  expect(await vault.blobs.get(sha256)).toBeDefined();
  await vault.close();
  const db = createDb(name);
  expect(await db.blobs.count()).toBe(1);
  db.close();
});

test('bytes that are not here are missing, not an error, and are asked for until they come', async () => {
  const { vault, person } = await withPerson(freshName());
  const blob = noise(3000, 4);
  const sha256 = await sha256Of(blob);
  const record = await attach(vault, person, sha256, blob.size);
  expect(vault.blobs.state(sha256)).toBe('missing');
  expect(await vault.blobs.get(sha256)).toBeUndefined();
  expect(vault.blobs.missing()).toEqual([sha256]);
  must(await vault.blobs.put(blob));
  expect(vault.blobs.missing()).toEqual([]);
  expect(vault.blobs.state(sha256)).toBe('here');
  must(await vault.commit([{ do: 'delete', id: record }]));
  expect(vault.blobs.missing()).toEqual([]);
  await vault.close();
});

test('damage on the disk is noticed when read, asked for again, and healed by the right bytes', async () => {
  const name = freshName();
  const { vault, person } = await withPerson(name);
  const blob = noise(4000, 5);
  const { sha256, size } = must(await vault.blobs.put(blob));
  await attach(vault, person, sha256, size);
  await vault.close();
  const db = createDb(name);
  await db.blobs.update(sha256, { bytes: noise(4000, 6) });
  db.close();

  const hurt = await open(name);
  expect(await hurt.blobs.get(sha256)).toBeUndefined();
  expect(hurt.blobs.state(sha256)).toBe('damaged');
  expect(hurt.blobs.missing()).toEqual([sha256]);
  expect(hurt.blobs.hashes().has(sha256)).toBe(false);
  await hurt.close();

  const later = await open(name);
  expect(later.blobs.state(sha256)).toBe('damaged');
  must(await later.blobs.put(blob));
  expect(later.blobs.state(sha256)).toBe('here');
  expect(await later.blobs.get(sha256)).toBeDefined();
  await later.close();
  const healed = await open(name);
  expect(healed.blobs.missing()).toEqual([]);
  await healed.close();
});

test('a file that is too large, empty, unreadable or cancelled leaves nothing behind', async () => {
  const name = freshName();
  const { vault } = await withPerson(name);
  const code = async (source: Blob, signal?: AbortSignal) => {
    const put = await vault.blobs.put(source, signal ? { signal } : {});
    return put.ok ? 'kept' : put.refusal.code;
  };
  const part = new Uint8Array(MB);
  const huge = new Blob([...Array.from({ length: 64 }, () => part), 'x']);
  expect(await code(huge)).toBe('attachment.tooLarge');
  expect(await code(new Blob([]))).toBe('attachment.empty');
  expect(await code(new Blob(['x']), AbortSignal.abort())).toBe('attachment.cancelled');
  const stop = new AbortController();
  const running = vault.blobs.put(noise(6 * MB, 7), {
    signal: stop.signal,
    onProgress: () => stop.abort(),
  });
  expect(await running).toMatchObject({ refusal: { code: 'attachment.cancelled' } });
  const gone = new Blob(['x']);
  gone.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };
  expect(await code(gone)).toBe('attachment.unreadable');
  await vault.close();
  const db = createDb(name);
  expect(await db.blobs.count()).toBe(0);
  db.close();
});

test('bytes that nothing names go after thirty days of use, and not when a clock jumps', async () => {
  const name = freshName();
  let now = Date.UTC(2030, 0, 1);
  const { vault, person } = await withPerson(name, () => now);
  const used = must(await vault.blobs.put(noise(100, 8)));
  const orphan = must(await vault.blobs.put(noise(100, 9)));
  await attach(vault, person, used.sha256, used.size);
  await vault.close();
  const state = async () => {
    const opened = await open(name, () => now);
    const here = opened.blobs.state(orphan.sha256);
    expect(opened.blobs.state(used.sha256)).toBe('here');
    await opened.close();
    return here;
  };
  now += 3650 * DAY_MS;
  await state();
  expect(await state()).toBe('here');
  for (let day = 0; day < 30; day++) {
    now += DAY_MS;
    await state();
  }
  expect(await state()).toBe('missing');
});

test('a second window sees attachments, and keeps none itself', async () => {
  const name = freshName();
  const { vault, person } = await withPerson(name);
  const { sha256, size } = must(await vault.blobs.put(noise(200, 10)));
  await attach(vault, person, sha256, size);
  const other = await open(name);
  expect(await other.blobs.get(sha256)).toBeDefined();
  expect(await other.blobs.put(noise(200, 11))).toMatchObject({
    refusal: { code: 'commit.readOnly' },
  });
  const more = must(await vault.blobs.put(noise(200, 12)));
  await attach(vault, person, more.sha256, more.size);
  await expect.poll(() => other.blobs.state(more.sha256)).toBe('here');
  await other.close();
  await vault.close();
});
