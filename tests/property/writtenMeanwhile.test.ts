/**
 * A person goes on writing while a file is read and applied that brings what another machine wrote under
 * the name of this one: neither takes the other's place.
 */
import { expect, test } from 'vitest';
import { engine } from '../../renderer/exchange/engine';
import { applyPackage } from '../../renderer/exchange/importFile';
import { applyMany } from '../../renderer/exchange/importMany';
import { readMany } from '../../renderer/exchange/readMany';
import { ok } from '../../shared/result';
import { withRowsLeft } from '../simulator/diskFull';
import { backAndForth, compacted, correct, create, nameAt, pair, send } from '../simulator/errands';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  readFile,
  restart,
  takeIn,
  writeFile,
  type Machine,
} from '../simulator/machine';

/** A laptop and its copy, whose next two changes headquarters has in two segments. */
async function copied() {
  const { clock, hq, laptop } = await pair();
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const one = await create(twin, 'one of the twin');
  await send(clock, twin, hq);
  const two = await create(twin, 'two of the twin');
  await send(clock, twin, hq);
  const file = must(await writeFile(hq, peerAt(hq, laptop), { content: 'snapshot' }));
  return { clock, hq, laptop, file, others: [one, two] };
}
type Copied = Awaited<ReturnType<typeof copied>>;

/** How often it was looked at what is here, from now on. */
function countLooks({ vault }: Machine): () => number {
  const exchange = vault.exchange as { here: Machine['vault']['exchange']['here'] };
  const { here } = exchange;
  let times = 0;
  exchange.here = () => {
    times++;
    return here();
  };
  return () => times;
}

/** What the laptop wrote, and what its copy did, are everywhere in the end. */
async function expectAll({ clock, hq, laptop, others }: Copied, mine: string): Promise<void> {
  await restart(laptop);
  await restart(laptop);
  await backAndForth(clock, laptop, hq, 5);
  for (const machine of [hq, laptop]) {
    expect([mine, ...others].map((id) => nameAt(machine, id))).toEqual([
      'mine',
      'one of the twin',
      'two of the twin',
    ]);
  }
}

test('before the file is read', async () => {
  const all = await copied();
  const mine = await create(all.laptop, 'mine');
  must(await takeIn(all.laptop, all.file));
  await expectAll(all, mine);
});

test('while it is looked at what is here', async () => {
  const all = await copied();
  const exchange = all.laptop.vault.exchange as { here: Machine['vault']['exchange']['here'] };
  const { here } = exchange;
  let mine = '';
  exchange.here = async () => {
    exchange.here = here;
    const now = await here();
    mine = await create(all.laptop, 'mine');
    return now;
  };
  must(await takeIn(all.laptop, all.file));
  await expectAll(all, mine);
});

test('while the file is applied', async () => {
  const all = await copied();
  const ready = must(await readFile(all.laptop, all.file));
  const writing = create(all.laptop, 'mine');
  must(await applyPackage(all.laptop.vault, ready));
  await expectAll(all, await writing);
});

test('while many files are applied', async () => {
  const all = await copied();
  const files = [{ name: 'a.holdfast', read: ok(all.file) }];
  const read = await readMany(all.laptop.vault, { files, passphrase: '', engine });
  let writing: Promise<string> | undefined;
  await applyMany(all.laptop.vault, read, {
    now: () => all.clock.now,
    onProgress: () => {
      writing ??= create(all.laptop, 'mine');
    },
  });
  await expectAll(all, (await writing) ?? '');
});

test('and what was written could not be sealed for want of room when the file was read', async () => {
  const all = await copied();
  const mine = await create(all.laptop, 'mine');
  const { value } = await withRowsLeft(0, () => readFile(all.laptop, all.file));
  must(await applyPackage(all.laptop.vault, must(value)));
  await expectAll(all, mine);
});

test.each([false, true])(
  'with a state in place of what the copy wrote: while it is applied %s',
  async (inFlight) => {
    const { clock, hq, laptop } = await pair();
    const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
    const other = await create(twin, 'one of the twin');
    await correct(twin, other, 6);
    await backAndForth(clock, twin, hq, 2);
    await compacted(clock, hq, twin);
    const file = must(await writeFile(hq, peerAt(hq, laptop), { content: 'snapshot' }));
    const before = inFlight ? undefined : await create(laptop, 'mine');
    const ready = must(await readFile(laptop, file));
    expect(ready.plan.bases).toHaveLength(1);
    const plans = countLooks(laptop);
    const writing = before ?? create(laptop, 'mine');
    must(await applyPackage(laptop.vault, ready));
    const mine = await writing;
    // Only what was written since has the plan made anew.
    expect(plans()).toBe(inFlight ? 1 : 0);
    await restart(laptop);
    await restart(laptop);
    await backAndForth(clock, laptop, hq, 5);
    for (const machine of [hq, laptop]) {
      expect([nameAt(machine, mine), nameAt(machine, other)]).toEqual(['mine', 'correction 6']);
    }
  },
);

test('two files of a device and its copy that were read side by side are applied one after the other', async () => {
  const { clock, hq, laptop } = await pair();
  const twin = await createMachine('twin', clock, await copyDisk(laptop.db), laptop.exported);
  const [a, b] = [await create(laptop, 'of the laptop'), await create(twin, 'of the twin')];
  const [first, second] = [
    must(await readFile(hq, must(await writeFile(laptop, peerAt(laptop, hq))))),
    must(await readFile(hq, must(await writeFile(twin, peerAt(twin, hq))))),
  ];
  const done = await Promise.all([first, second].map((ready) => applyPackage(hq.vault, ready)));
  done.forEach(must);
  await restart(hq);
  await backAndForth(clock, twin, hq, 3);
  await backAndForth(clock, laptop, hq, 3);
  expect([nameAt(hq, a), nameAt(hq, b)]).toEqual(['of the laptop', 'of the twin']);
});
