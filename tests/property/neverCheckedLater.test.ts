/** What came before anybody could check it, in sets of files, in the archive, and after a recovery. */
import { expect, test } from 'vitest';
import { openArchive, saveArchive } from '../../renderer/exchange/archiveFile';
import { lastHere, recoverHere, revokeDevice } from '../../renderer/exchange/enrol';
import { applyMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { acceptHeld, reconsider } from '../../renderer/exchange/reconsider';
import { anchorsOf } from '../../renderer/places/exchange/attention/heldGroups';
import { withoutSignature } from '../../shared/exchange/openSegments';
import { ok } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { falsely, forgedAt, unsigned } from '../hostile/unsigned';
import { anotherLaptop, backAndForth, create, namesAt, pair, send } from '../simulator/errands';
import { cards, decideAll, firstCard, notEnrolled, ownSegments } from '../simulator/held';
import {
  createMachine,
  must,
  peerAt,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
} from '../simulator/machine';
import { enrol, found, setUp } from '../simulator/organisation';
import { seedPlatform } from '../simulator/seededRandom';

async function takeMany({ vault, engine }: Machine, all: readonly Uint8Array[]): Promise<void> {
  const files = all.map((file, i) => ({ name: `${i}.holdfast`, read: ok(file) }));
  await applyMany(vault, await readMany(vault, { files, passphrase: '', engine }));
}

/** A headquarters that can be recovered, with a laptop. */
async function withRecoveryKey() {
  seedPlatform(1);
  const clock = { now: Date.UTC(2026, 10, 23) };
  const [hq, laptop] = [await createMachine('hq', clock), await createMachine('aa', clock)];
  await setUp(hq, 'hq');
  const { recoveryKey } = await found(hq);
  await setUp(laptop, 'site');
  await enrol(hq, laptop);
  await create(laptop, 'known to all');
  await backAndForth(clock, laptop, hq, 2);
  return { clock, hq, laptop, recoveryKey };
}

test('of many files too, who repeats what is held without its signature gets nothing in with it', async () => {
  const { clock, hq } = await pair();
  const { late, good, own } = await notEnrolled(clock);
  must(await takeIn(hq, good));
  const last = own.at(-1);
  if (!last) throw new Error('a segment');
  const forged = await forgedAt(clock, replicaOf(late), last.to + 1, last.sha256);
  await takeMany(hq, [unsigned(good, [...own.map(withoutSignature), forged])]);
  expect(cards(hq)).toHaveLength(2);
  must(await acceptHeld(hq.vault, anchorsOf(firstCard(hq))));
  expect(namesAt(hq)).toContain('from before');
  expect(namesAt(hq)).not.toContain('forged');
});

test.each(['before', 'along with it'])(
  'nor does what came %s lose its signature to a copy without',
  async (when) => {
    const { clock, hq } = await pair();
    const { late, good, own } = await notEnrolled(clock);
    const bare = unsigned(good, own.map(withoutSignature));
    if (when === 'before') must(await takeIn(hq, good));
    await takeMany(hq, when === 'before' ? [bare] : [unsigned(good, own), bare]);
    await enrol(hq, late);
    must(await reconsider(hq.vault));
    expect(cards(hq)).toEqual([]);
    expect(namesAt(hq)).toContain('from before');
  },
);

test.each([
  { when: 'before it was saved', early: true },
  { when: 'after', early: false },
])(
  'the archive is written and read with what a false signature came with, its author enrolled $when',
  async ({ early }) => {
    const { clock, hq, laptop } = await pair();
    const { late, bad } = await notEnrolled(clock);
    must(await takeIn(hq, bad));
    await decideAll(hq);
    if (early) {
      await enrol(hq, late);
      await backAndForth(clock, late, hq, 3);
      await send(clock, late, hq);
    }
    await backAndForth(clock, laptop, hq, 3);
    await send(clock, laptop, hq);
    must(await hq.vault.compaction.run());
    let bytes: Uint8Array = new Uint8Array();
    const saveFile = async (file: { readonly name: string; readonly bytes: unknown }) => {
      bytes = file.bytes as Uint8Array;
      return ok({ name: file.name });
    };
    const options = { filterName: 'Holdfast', engine: hq.engine };
    const saved = must(await saveArchive(hq.vault, { saveFile }, options));
    expect(saved?.segments.map(({ replica }) => replica)).toContain(replicaOf(late));
    if (!saved) throw new Error('an archive');
    must(await hq.vault.archive.free(saved.file, saved.segments));
    if (!early) await enrol(hq, late);
    must(await openArchive(hq.vault, { file: { name: 'a', bytes }, engine: hq.engine }));
  },
);

test.each([
  { what: 'without signatures', how: withoutSignature },
  { what: 'with false ones', how: falsely },
])(
  'recovered on a laptop that took in $what what a member wrote, new laptops have it',
  async ({ how }) => {
    const { clock, hq, laptop: author, recoveryKey } = await withRecoveryKey();
    const laptop = await createMachine('bb', clock);
    await setUp(laptop, 'site');
    await create(author, 'work');
    await backAndForth(clock, author, hq, 2);
    const good = must(await writeFile(author, peerAt(author, hq), { content: 'snapshot' }));
    must(await takeIn(laptop, unsigned(good, (await ownSegments(author)).map(how))));
    await enrol(hq, laptop);
    await backAndForth(clock, laptop, hq, 2);
    const device = deviceOf(replicaOf(author));
    const last = lastHere(hq.vault, device);
    must(await revokeDevice(hq.vault, { device, reason: 'lost', last }));
    await send(clock, hq, laptop);
    must(await recoverHere(laptop.vault, recoveryKey));
    const next = await anotherLaptop(clock, laptop, 'next');
    expect(namesAt(next)).toContain('work');
    expect(cards(next)).toEqual([]);
  },
);

test('what was accepted before the enrolment keeps its signature on the laptops that have it', async () => {
  const { clock, hq, laptop, recoveryKey } = await withRecoveryKey();
  const { late, good } = await notEnrolled(clock);
  must(await takeIn(hq, good));
  await decideAll(hq);
  await send(clock, hq, laptop);
  await enrol(hq, late, { until: clock.now + 600_000 });
  await backAndForth(clock, laptop, hq, 2);
  clock.now += 3_600_000;
  await create(late, 'too late');
  await send(clock, late, hq);
  await decideAll(hq);
  // The roster is all that comes of it, and headquarters is lost.
  must(await takeIn(laptop, must(await writeFile(hq, peerAt(hq, laptop), { content: 'receipt' }))));
  must(await recoverHere(laptop.vault, recoveryKey));
  const next = await anotherLaptop(clock, laptop, 'next');
  expect(namesAt(next)).toContain('from before');
});

test('copies without signatures, and a made-up change behind them, do not get into one card with what comes later', async () => {
  const { clock, hq } = await pair();
  const { late, good, own } = await notEnrolled(clock);
  const last = own.at(-1);
  if (!last) throw new Error('a segment');
  const forged = await forgedAt(clock, replicaOf(late), last.to + 1, last.sha256);
  must(await takeIn(hq, unsigned(good, [...own.map(withoutSignature), forged])));
  must(await takeIn(hq, good));
  expect(cards(hq)).toHaveLength(2);
  must(await acceptHeld(hq.vault, anchorsOf(firstCard(hq))));
  expect(namesAt(hq)).toContain('from before');
  expect(namesAt(hq)).not.toContain('forged');
});

test('nor is what its author signed unsigned because copies came first', async () => {
  const { clock, hq } = await pair();
  const { late, good, own } = await notEnrolled(clock);
  must(await takeIn(hq, unsigned(good, own.map(withoutSignature))));
  must(await takeIn(hq, good));
  await enrol(hq, late);
  must(await reconsider(hq.vault));
  expect(cards(hq)).toEqual([]);
  expect(namesAt(hq)).toContain('from before');
});
