/** Files on sticks: written by one member, and brought to whoever opens them. */
import type { ExportOptions } from '../../renderer/exchange/exportFile';
import type { ReadyImport } from '../../renderer/exchange/importFile';
import type { Vector } from '../../shared/log/vector';
import { deviceOf } from '../../shared/trust/device';
import { isActive } from '../../shared/trust/roster';
import { kill, must, peerAt, replicaOf, takeIn, writeFile } from './machine';
import { viewOf } from './picture';
import type { Step } from './script';
import { checkBeliefs, covered } from './receipts';
import { addMarks, at, same, type Member, type Stick, type World, note } from './world';

type Content = Partial<Pick<ExportOptions, 'content' | 'blobs'>>;

/** A file for the member, or for anybody when the sender does not know it. */
export async function stickFrom(
  world: World,
  from: Member,
  target: Member,
  n: number,
  content: Content = {},
): Promise<Stick | undefined> {
  if (from === target) return undefined;
  const peer = peerAt(from.machine, target.machine);
  const device = deviceOf(replicaOf(target.machine));
  const known = isActive(from.machine.vault.trust.roster(), device);
  const have = { ...from.machine.vault.projection.have() };
  const file = await writeFile(from.machine, peer, {
    ...(known && n % 10 === 0 ? { seal: { kind: 'recipients', devices: [device] } } : {}),
    ...content,
  });
  const to = world.members.indexOf(target);
  const receipt = content.content === 'receipt';
  return { bytes: must(file), to, from, ...(receipt && { says: have }) };
}

/** Everything or what is new; now and then somebody leaves the attachments out. */
export const usualContent = (n: number): Content => ({
  content: n % 7 === 0 ? 'snapshot' : 'changes',
  ...(n % 3 === 1 && { blobs: [] }),
});

/** Nothing but the receipt. What it says must outlive a power cut (I8), and it brings nothing. */
export async function receiptFrom(
  world: World,
  from: Member,
  target: Member,
  n: number,
): Promise<Stick | undefined> {
  const before = peerAt(from.machine, target.machine);
  if (!before) return undefined;
  const view = viewOf(from.machine);
  const stick = await stickFrom(world, from, target, n, { content: 'receipt' });
  if (!stick?.says) return undefined;
  if (n % 3 === 0) await kill(from.machine);
  same(view, viewOf(from.machine), 'writing a receipt has changed what is shown');
  mustCover(
    from.machine.vault.projection.have(),
    stick.says,
    'what a receipt says was not durable',
  );
  const after = peerAt(from.machine, target.machine);
  same(JSON.stringify(before.sent), JSON.stringify(after?.sent), 'a receipt counts as changes');
  return stick;
}

export async function bring(world: World, target: Member, stick: Stick): Promise<boolean> {
  const { machine } = target;
  const quiet = machine.vault.exchange.waiting().length === 0;
  // Of a disk that was put back or copied it tells its owner, who goes on under a new epoch.
  const before = stick.says && quiet && !world.restored ? viewOf(machine) : undefined;
  const taken = await takeIn(machine, stick.bytes);
  if (!taken.ok) return false;
  addMarks(target, taken.value);
  if (stick.says) checkReceipt(world, target, stick, taken.value);
  // What was held may be let in by the roster that comes along.
  if (before !== undefined) same(before, viewOf(machine), 'a receipt has brought something');
  if (!world.restored) checkBeliefs(world, machine);
  return true;
}

/** The deed: lost, put aside, or brought at once. */
export async function handOver(world: World, target: Member, stick: Stick, { n }: Step) {
  const fate = n % 4;
  if (fate === 0) return;
  world.sticks.push(stick);
  if (fate > 1) await bring(world, target, stick);
}

/** Mostly to whom it was meant for, now and then to somebody who only passes it on. */
export const bearer = (world: World, stick: Stick, { to, n }: Step): Member =>
  at(world, n % 3 ? stick.to : to);

function checkReceipt(world: World, target: Member, stick: Stick, taken: ReadyImport): void {
  const { file } = taken.unpacked;
  if (file.segments.length + file.bases.length + file.blobs.length > 0)
    throw new Error('a receipt carries more than itself');
  if (!stick.says || world.restored || taken.plan.own || taken.plan.sender !== 'proven') return;
  const peer = peerAt(target.machine, stick.from.machine);
  mustCover(peer?.have ?? {}, stick.says, 'a receipt was read, and not believed');
  note(world, 'receipts believed');
}

function mustCover(have: Vector, said: Vector, what: string): void {
  if (!covered(said, have))
    throw new Error(`${what} (I8)\n${JSON.stringify(said)}\n${JSON.stringify(have)}`);
}
