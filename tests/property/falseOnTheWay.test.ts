/** A false signature that was passed on by somebody who could not know: it proves nothing, and no more. */
import { expect, test } from 'vitest';
import { applyMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { reconsider } from '../../renderer/exchange/reconsider';
import { segmentName } from '../../shared/exchange/manifest';
import { withoutSignature } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { ok } from '../../shared/result';
import { encode, packed, partsOf, tar } from '../hostile/forger';
import { falsely, unsigned } from '../hostile/unsigned';
import { anotherLaptop, create, namesAt, pair, send } from '../simulator/errands';
import { decideAll, notEnrolled } from '../simulator/held';
import { createMachine, must, peerAt, takeIn, writeFile } from '../simulator/machine';
import { enrol, setUp } from '../simulator/organisation';

/** A laptop that took in a tampered copy of a newcomer's file, and is a member before the newcomer is. */
async function unaware() {
  const { clock, hq } = await pair();
  const courier = await createMachine('courier', clock);
  await setUp(courier, 'site');
  const made = await notEnrolled(clock);
  must(await takeIn(courier, made.bad));
  await enrol(hq, courier);
  await send(clock, courier, hq);
  return { clock, hq, courier, ...made };
}

test('what a laptop writes arrives, day after day, although it knows nothing of the newcomer', async () => {
  const { clock, hq, courier, late } = await unaware();
  await enrol(hq, late);
  for (const name of ['first day', 'second day', 'third day']) {
    clock.now += 86_400_000;
    await create(courier, name);
    must(await takeIn(hq, must(await writeFile(courier, peerAt(courier, hq)))));
    expect(namesAt(hq)).toContain(name);
  }
  // What the newcomer wrote is as good as unsigned, and for a person to let in.
  expect(await decideAll(hq)).toEqual(['unsigned']);
  expect(namesAt(hq)).toContain('from before');
});

test('so does a file that was written before the newcomer was enrolled, in a set of files too', async () => {
  const { hq, courier, late } = await unaware();
  await create(courier, 'urgent');
  const file = must(await writeFile(courier, peerAt(courier, hq)));
  await enrol(hq, late);
  const files = [{ name: 'a.holdfast', read: ok(file) }];
  await applyMany(hq.vault, await readMany(hq.vault, { files, passphrase: '', engine: hq.engine }));
  expect(namesAt(hq)).toContain('urgent');
});

test('headquarters that spread it is read by those who know better by now', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'other');
  const { late, bad } = await notEnrolled(clock);
  must(await takeIn(hq, bad));
  await decideAll(hq);
  await create(hq, 'news');
  const written = must(await writeFile(hq, peerAt(hq, other)));
  await send(clock, hq, laptop);
  await enrol(hq, late);
  const receipt = must(await writeFile(hq, peerAt(hq, other), { content: 'receipt' }));
  must(await takeIn(other, receipt));
  must(await takeIn(other, written));
  await create(laptop, 'urgent');
  must(await takeIn(other, must(await writeFile(laptop, undefined, { content: 'snapshot' }))));
  for (const name of ['news', 'urgent', 'from before']) expect(namesAt(other)).toContain(name);
});

test('a false signature of whoever wrote the file refuses it', async () => {
  const { hq, laptop } = await pair();
  await create(laptop, 'news');
  const { manifest, entries } = partsOf(must(await writeFile(laptop, peerAt(laptop, hq))));
  const segments = (manifest.segments as Segment[]).map(falsely);
  const bad = await packed({ manifest: { ...manifest, segments }, entries }, laptop);
  expect(await takeIn(hq, bad)).toMatchObject({ refusal: { code: 'exchange.signature' } });
});

test('a copy under the same name, without the signatures, does not keep those out', async () => {
  const { clock, hq } = await pair();
  const { late, good, own } = await notEnrolled(clock);
  const { manifest } = partsOf(good);
  const copy = partsOf(unsigned(good, own.map(withoutSignature))).manifest;
  const head = { name: 'manifest.json', bytes: encode({ ...copy, id: manifest.id }) };
  const segments = own.map((each) => ({ name: segmentName(each), bytes: each.bytes }));
  must(await takeIn(hq, tar([head, ...segments])));
  const files = [{ name: 'a.holdfast', read: ok(good) }];
  await applyMany(hq.vault, await readMany(hq.vault, { files, passphrase: '', engine: hq.engine }));
  await enrol(hq, late);
  must(await reconsider(hq.vault));
  expect(hq.vault.exchange.waiting()).toEqual([]);
  expect(namesAt(hq)).toContain('from before');
});
