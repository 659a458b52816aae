/** What comes with a state, right above it, or spans its end, is the branch that the state is of. */
import { expect, test } from 'vitest';
import { applyMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { losingBranches } from '../../shared/exchange/branch';
import { ok } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import {
  anotherLaptop,
  backAndForth,
  compacted,
  conflictsAt,
  correct,
  create,
  namesAt,
  newcomerAt,
  pair,
  putBackWhole,
  send,
} from '../simulator/errands';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
} from '../simulator/machine';
import { grantFor } from '../simulator/organisation';
import { viewOf } from '../simulator/picture';

const heldAt = ({ vault }: Machine) => vault.exchange.waiting().map(({ reason }) => reason);

test('a segment that spans the end of the state, over changes of which nothing is shown', async () => {
  const { clock, hq, laptop } = await pair();
  const id = await create(laptop, 'in the tail');
  await correct(laptop, id, 3);
  const [disk, marks] = [await copyDisk(laptop.db), new Map(laptop.exported)];
  await compacted(clock, hq, laptop);
  await putBackWhole(laptop, disk, marks);
  await create(laptop, 'more');
  await send(clock, laptop, hq);
  const newcomer = await newcomerAt(clock, hq);
  expect(heldAt(newcomer)).toEqual([]);
  expect(namesAt(newcomer)).toContain('more');
  await backAndForth(clock, newcomer, hq, 2);
  expect(viewOf(newcomer)).toBe(viewOf(hq));
});

test('what waited for a gap, on a laptop that was silent for half a year', async () => {
  const { clock, hq, laptop } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const id = await create(laptop, 'one');
  await backAndForth(clock, laptop, hq, 1);
  await correct(laptop, id, 2);
  must(await takeIn(other, must(await writeFile(laptop, peerAt(laptop, hq)))));
  expect(heldAt(other)).toEqual(['gap']);
  await correct(laptop, id, 4);
  clock.now += 200 * 86_400_000;
  await compacted(clock, hq, laptop);
  await backAndForth(clock, other, hq, 3);
  expect(heldAt(other)).toEqual([]);
  expect(viewOf(other)).toBe(viewOf(hq));
});

/** The laptop's rights are said anew, so that its last segment is the accepted one. */
async function regranted() {
  const { clock, hq, laptop } = await pair();
  await create(laptop, 'one');
  await compacted(clock, hq, laptop);
  const newcomer = await newcomerAt(clock, hq);
  await backAndForth(clock, newcomer, hq, 1);
  await create(laptop, 'two');
  await send(clock, laptop, hq);
  const replica = replicaOf(laptop);
  const tip = (await hq.vault.exchange.here()).tips[replica];
  if (!tip) throw new Error('a segment');
  const grant = grantFor(laptop, { kinds: ['ci'] });
  must(await hq.vault.trust.regrant(deviceOf(replica), grant, { [replica]: tip }));
  return { clock, hq, laptop, newcomer };
}

test('an accepted segment right above it replaces nothing', async () => {
  const { clock, hq, newcomer } = await regranted();
  expect((await send(clock, hq, newcomer)).replaced).toEqual([]);
  expect(namesAt(newcomer)).toContain('two');
});

test('nor does it stop a set of files', async () => {
  const { clock, hq, laptop, newcomer } = await regranted();
  const peer = peerAt(hq, newcomer);
  if (!peer) throw new Error('known');
  const all = [must(await writeFile(hq, peer))];
  const have = { ...peer.have, ...hq.vault.projection.have() };
  await create(laptop, 'three');
  await send(clock, laptop, hq);
  all.push(must(await writeFile(hq, { ...peer, have })));
  const files = all.map((file, i) => ({ name: `${i}.holdfast`, read: ok(file) }));
  const { vault, engine } = newcomer;
  await applyMany(vault, await readMany(vault, { files, passphrase: '', engine }));
  expect(namesAt(newcomer)).toEqual(expect.arrayContaining(['two', 'three']));
});

/**
 * Changes that the state has forgotten, changes above it, those of a copy of the author after the restore,
 * and those of the author later; whether the newcomer gets the other branch whole.
 */
test.each([
  { dead: 2, above: 0, after: 3, later: 0, whole: true },
  { dead: 2, above: 0, after: 5, later: 0, whole: true },
  { dead: 0, above: 2, after: 3, later: 0, whole: false },
  { dead: 2, above: 0, after: 3, later: 2, whole: false },
  { dead: 2, above: 2, after: 5, later: 1, whole: false },
])(
  'its author hands its own branch to who has it, and then nobody asks for ever: %o',
  async ({ dead, above, after, later, whole }) => {
    const { clock, hq, laptop } = await pair();
    const replica = replicaOf(laptop);
    const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
    const witness = await anotherLaptop(clock, hq, 'bb');
    const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
    const id = await create(laptop, 'below');
    await correct(laptop, id, dead);
    await backAndForth(clock, laptop, hq, 1);
    await backAndForth(clock, witness, hq, 2);
    await compacted(clock, hq, laptop);
    expect((await hq.vault.exchange.here()).compacted[replica]).toBe(3 + dead);
    for (let i = 0; i < above; i++) await create(laptop, `above ${i}`);
    await backAndForth(clock, laptop, hq, 1);
    const newcomer = await newcomerAt(clock, hq);
    await backAndForth(clock, newcomer, hq, 1);
    await putBackWhole(hq, disk, marks);
    await send(clock, newcomer, hq);
    for (let i = 0; i < after; i++) await create(twin, `after ${i}`);
    await send(clock, twin, hq);
    await backAndForth(clock, witness, hq, 2);
    if (!whole) await send(clock, hq, newcomer);
    else must(await takeIn(newcomer, must(await writeFile(hq, undefined))));
    const held = heldAt(newcomer).length;
    for (let i = 0; i < later; i++) await create(laptop, `later ${i}`);
    must(await takeIn(newcomer, must(await writeFile(laptop, undefined, { content: 'snapshot' }))));
    expect(heldAt(newcomer)).toHaveLength(held);
    const all = [newcomer, laptop, witness, twin];
    for (let i = 0; i < 8; i++) for (const each of all) await backAndForth(clock, each, hq, 1);
    for (const each of all) {
      await send(clock, each, hq);
      const { manifest } = await send(clock, hq, each);
      expect([manifest.bases, manifest.segments]).toEqual([[], []]);
      expect(viewOf(each)).toBe(viewOf(hq));
      expect(await asksFor(each)).toEqual([]);
    }
    expect(conflictsAt(hq)).toEqual([]);
    for (let i = 0; i < after; i++) expect(namesAt(hq)).toContain(`after ${i}`);
    for (let i = 0; i < later; i++) expect(namesAt(hq)).toContain(`later ${i}`);
  },
);

async function asksFor({ vault }: Machine): Promise<readonly string[]> {
  const { hashes, compacted: end } = await vault.exchange.here();
  const roster = vault.trust.roster();
  return losingBranches(roster, vault.projection.have(), (sha256) => hashes.has(sha256), end);
}
