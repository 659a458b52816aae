/** What is held at headquarters, as its cards show it, and the answers to them. */
import { acceptHeld } from '../../renderer/exchange/reconsider';
import {
  anchorsOf,
  heldGroups,
  storyOf,
  type HeldGroup,
} from '../../renderer/places/exchange/attention/heldGroups';
import type { Segment } from '../../shared/exchange/segment';
import { falsely, unsigned } from '../hostile/unsigned';
import { create } from './errands';
import {
  createMachine,
  must,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from './machine';
import { setUp } from './organisation';

/** What headquarters is told of what is held, card by card. */
export const cards = (hq: Machine) =>
  heldGroups(hq.vault.exchange.waiting()).map(({ items }) => [
    storyOf(items, hq.vault.trust.roster()),
    items.map(({ segment: { from, to }, reason }) => `${from}-${to} ${reason}`),
  ]);

export const firstCard = ({ vault }: Machine): HeldGroup => {
  const [group] = heldGroups(vault.exchange.waiting());
  if (!group) throw new Error('nothing is held');
  return group;
};

export const ownSegments = async (machine: Machine): Promise<readonly Segment[]> =>
  (await machine.vault.exchange.segmentsSince({})).filter(
    ({ replica }) => replica === replicaOf(machine),
  );

/** What can be answered to each card. */
export async function decideAll(hq: Machine): Promise<readonly string[]> {
  const out: string[] = [];
  for (const group of heldGroups(hq.vault.exchange.waiting())) {
    const hashes = group.items.map(({ segment }) => segment.sha256);
    const done =
      group.reason === 'forked'
        ? await hq.vault.exchange.rescue(hashes)
        : await acceptHeld(hq.vault, anchorsOf(group));
    out.push(done.ok ? group.reason : done.refusal.code);
  }
  return out;
}

/** Everything, as somebody writes it who knows no receiver. */
export const bringAll = async (from: Machine, to: Machine): Promise<Uint8Array> => {
  const file = must(await writeFile(from, undefined, { content: 'snapshot' }));
  must(await takeIn(to, file));
  return file;
};

/** A laptop that is not enrolled yet, its file, and the same with signatures that are false. */
export async function notEnrolled(clock: WorldClock) {
  const late = await createMachine('late', clock);
  await setUp(late, 'site');
  await create(late, 'from before');
  const good = must(await writeFile(late, undefined, { content: 'snapshot' }));
  const own = await ownSegments(late);
  return { late, good, own, bad: unsigned(good, own.map(falsely)) };
}
