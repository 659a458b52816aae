/** What a fault is, and what several of them need. */
import { must, peerAt, replicaOf, takeIn, writeFile } from './machine';
import type { Victim } from '../hostile/forger';
import { writeSomething, type YearOptions } from './everyday';
import { pictureOf } from './picture';
import { addMarks, same, type Member, type World } from './world';

export interface FaultContext {
  readonly world: World;
  readonly hq: Member;
  readonly member: Member;
  readonly random: () => number;
  /** Files that arrive in the end. */
  readonly late: { readonly to: Member; readonly bytes: Uint8Array }[];
  readonly options: YearOptions;
}

export type Outcome =
  | { readonly refused: string }
  | { readonly held: string }
  | { readonly survived: true };

export interface Fault {
  readonly name: string;
  readonly befall: (context: FaultContext) => Promise<Outcome | undefined>;
}

export const survived: Outcome = { survived: true };

/** Something new, on a stick for headquarters. */
export async function stick({ world, hq, member, random }: FaultContext): Promise<Uint8Array> {
  await writeSomething(world, member, random);
  return must(await writeFile(member.machine, peerAt(member.machine, hq.machine)));
}

/** Read at headquarters: refused, and then nothing there has changed; or held, or taken. */
export async function arrive(to: Member, bytes: Uint8Array): Promise<Outcome> {
  const before = pictureOf(to.machine);
  const taken = await takeIn(to.machine, bytes);
  if (!taken.ok) {
    same(before, pictureOf(to.machine), 'a refused file has left something behind');
    return { refused: taken.refusal.code };
  }
  addMarks(to, taken.value);
  const brought = new Set(taken.value.unpacked.file.segments.map((open) => open.segment.sha256));
  const held = taken.value.plan.held.find(({ open }) => brought.has(open.segment.sha256));
  return held && taken.value.plan.changes.length === 0 ? { held: held.reason } : survived;
}

/** The member as an enrolled author of hostile files. */
export async function asForger({ world, hq, member, random }: FaultContext): Promise<Victim> {
  const { machine } = member;
  const replica = replicaOf(machine);
  await writeSomething(world, member, random);
  const good = must(await writeFile(machine, peerAt(machine, hq.machine)));
  const next = (machine.vault.projection.have()[replica] ?? 0) + 1;
  const tip = (await machine.vault.exchange.here()).tips[replica]?.sha256 ?? '';
  const victim = { hq: hq.machine, laptop: machine, foreigner: machine, stranger: machine };
  return { ...victim, good, sealed: good, replica, next, tip };
}

export const other = ({ world, member, random }: FaultContext): Member | undefined => {
  const found = world.members[1 + Math.floor(random() * (world.members.length - 1))];
  return found === member || found?.copyOf ? undefined : found;
};
