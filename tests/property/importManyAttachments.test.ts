/** Attachments of many files at once: each counts once, before applying as afterwards. */
import { expect, test } from 'vitest';
import { ok } from '../../shared/result';
import { engine } from '../../renderer/exchange/engine';
import { applyMany, planMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { createMachine, dispose, must, peerAt, writeFile } from '../simulator/machine';
import { enrol, found, setUp } from '../simulator/organisation';

test('the report of a folder says how many attachments come, each once', async () => {
  const clock = { now: Date.UTC(2026, 10, 23, 8) };
  const [hq, laptop] = [await createMachine('hq', clock), await createMachine('aa', clock)];
  await setUp(hq, 'hq');
  await setUp(laptop, 'site');
  await found(hq);
  await enrol(hq, laptop);
  const of = laptop.vault.newId();
  must(
    await laptop.vault.commit([{ do: 'create', kind: 'ci', id: of, fields: { name: 'switch' } }]),
  );
  const files = [];
  // Nobody has confirmed the first file: the second one brings its photo again.
  for (const text of ['of the rack', 'of the door, which is larger']) {
    const blob = must(await laptop.vault.blobs.put(new Blob([text])));
    const fields = { of, name: text, type: 'image/png', ...blob };
    must(
      await laptop.vault.commit([
        { do: 'create', kind: 'attachment', id: laptop.vault.newId(), fields },
      ]),
    );
    const bytes = must(await writeFile(laptop, peerAt(laptop, hq)));
    files.push({ name: `${text}.holdfast`, read: ok(bytes) });
  }
  const read = await readMany(hq.vault, { files, passphrase: '', engine });
  const expected = { count: 2, size: 'of the rack'.length + 'of the door, which is larger'.length };
  expect((await planMany(hq.vault, read)).attachments).toEqual(expected);
  expect((await applyMany(hq.vault, read)).attachments).toEqual(expected);
  expect((await planMany(hq.vault, read)).attachments).toEqual({ count: 0, size: 0 });
  expect(hq.vault.blobs.missing()).toEqual([]);
  await dispose(hq);
  await dispose(laptop);
});
