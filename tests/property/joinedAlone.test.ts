/** Nobody joins an organisation by a set of files: its words are compared first. */
import { expect, test } from 'vitest';
import { enrolDevice, readRequest } from '../../renderer/exchange/enrol';
import { applyMany, planMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { webCodec } from '../../renderer/exchange/webCodec';
import { ok } from '../../shared/result';
import { create, namesAt, pair } from '../simulator/errands';
import { createMachine, must, takeIn, writeFile, type Machine } from '../simulator/machine';
import { answerFor, found, grantFor, setUp } from '../simulator/organisation';

/** Headquarters and a stranger's, who both answer the request of a laptop, or say that they do. */
async function twoAnswers() {
  const { clock, hq } = await pair();
  await create(hq, 'work');
  const stranger = await createMachine('ss', clock);
  await setUp(stranger, 'hq');
  await found(stranger);
  await create(stranger, 'made up');
  const laptop = await createMachine('ll', clock);
  await setUp(laptop, 'site');
  const request = must(
    await readRequest(webCodec.encode(must(await laptop.vault.trust.request()))),
  );
  for (const { vault } of [stranger, hq]) {
    must(await enrolDevice(vault, request, grantFor(laptop)));
  }
  const theirs = await answerFor(stranger, laptop);
  return { hq, stranger, laptop, theirs, answer: await answerFor(hq, laptop) };
}

async function refusalsOf({ vault, engine }: Machine, all: readonly Uint8Array[]) {
  const files = all.map((file, i) => ({ name: `${i}.holdfast`, read: ok(file) }));
  const read = await readMany(vault, { files, passphrase: '', engine });
  const planned = await planMany(vault, read);
  const applied = await applyMany(vault, read);
  return [planned, applied].map(({ files: rows }) => rows.map(({ refusal }) => refusal?.code));
}

test.each([true, false])(
  'an answer among many files is refused with what to do, the stranger first %s',
  async (first) => {
    const { hq, laptop, theirs, answer } = await twoAnswers();
    const files = first ? [theirs, answer] : [answer, theirs];
    const each = ['folder.enrols', 'folder.enrols'];
    expect(await refusalsOf(laptop, files)).toEqual([each, each]);
    expect(laptop.vault.trust.roster()).toBeUndefined();
    expect(namesAt(laptop)).toEqual([]);
    // Opened by itself it is asked about, and the device is a member.
    must(await takeIn(laptop, answer));
    expect(laptop.vault.trust.roster()?.root).toBe(hq.vault.trust.roster()?.root);
    expect(namesAt(laptop)).toContain('work');
  },
);

test('a file of another organisation in the set does not stand in the way of the answer', async () => {
  const { stranger, laptop, answer } = await twoAnswers();
  const other = must(await writeFile(stranger, undefined, { content: 'snapshot' }));
  const [, applied] = await refusalsOf(laptop, [other, answer]);
  expect(applied).toContain('folder.enrols');
  must(await takeIn(laptop, answer));
  expect(namesAt(laptop)).toContain('work');
});
