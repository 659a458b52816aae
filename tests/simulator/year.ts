/**
 * A year of an organisation: laptops write, drill and carry files to headquarters and back, and now
 * and then a fault befalls one of them. Real vaults, real packer, real opener; one seed, one year.
 */
import './memoryDb';
import { peerOf } from '../../renderer/exchange/senderOfFile';
import { createMachine, dispose, must, peerAt, takeIn, writeFile, type Machine } from './machine';
import { writeSomething, type YearOptions } from './everyday';
import { faults } from './faults';
import type { Fault, FaultContext } from './misfortune';
import { enrol, found, setUp } from './organisation';
import { randomFrom, seedPlatform } from './seededRandom';
import { settle } from './settle';
import { addMarks, newMember, newWorld, type Member, type World } from './world';

export interface Row {
  injected: number;
  /** Refused with a code, and how often. */
  readonly refused: Record<string, number>;
  /** Taken, and held for a reason. */
  readonly held: Record<string, number>;
  /** Went on as if nothing had been. */
  survived: number;
}

export interface Year {
  readonly days: number;
  readonly files: number;
  readonly rows: Readonly<Record<string, Row>>;
  /** Changes that everybody has in the end. */
  readonly changes: number;
  readonly rounds: number;
  readonly members: number;
}

const START = Date.UTC(2026, 0, 5, 6);
const DAY = 86_400_000;
const WEEK = 7;
/** Chance that somebody writes on a day, and that a visit meets a fault. */
const WRITES = 0.06;
const MISHAP = 0.3;
/** A fault that does not fit the moment is tried again at the next visits, so often. */
const TRIES = 3;

export async function simulate(options: YearOptions): Promise<Year> {
  seedPlatform(options.seed);
  const random = randomFrom(options.seed);
  const begun = performance.now();
  const world = await organisation(options.laptops);
  const [hq] = world.members;
  if (!hq) throw new Error('no headquarters');
  const rows: Record<string, Row> = {};
  for (const { name } of possible(options))
    rows[name] = { injected: 0, refused: {}, held: {}, survived: 0 };
  const bag: Fault[] = [];
  const late: FaultContext['late'] = [];
  let files = 0;
  let day = 0;
  const budget = options.budgetMs ?? Number.POSITIVE_INFINITY;
  for (; day < options.days && performance.now() - begun < budget; day++) {
    world.clock.now += DAY;
    for (const [i, member] of world.members.entries()) {
      if (random() < WRITES) await writeSomething(world, member, random);
      if (i === 0 || (day + i) % WEEK > 0 || member.copyOf) continue;
      files += await visit({ world, hq, member, random, late, options }, rows, bag);
    }
    options.told?.(day + 1, files);
  }
  // Whatever is still on its way arrives at last.
  for (const { to, bytes } of late) {
    const taken = await takeIn(to.machine, bytes);
    if (taken.ok) addMarks(to, taken.value);
  }
  world.unusual = true;
  world.restored = true;
  const { rounds, changes } = await settle(world);
  for (const { machine } of world.members) await dispose(machine);
  return { days: day, files, rows, changes, rounds, members: world.members.length };
}

async function organisation(laptops: number): Promise<World> {
  const clock = { now: START };
  const members: Member[] = [];
  for (let i = 0; i <= laptops; i++) {
    const machine = await createMachine(i === 0 ? 'hq' : `l${i}`, clock);
    members.push(newMember(machine));
    await setUp(machine, i === 0 ? 'hq' : 'site');
    if (i === 0) await found(machine);
    else await enrol(members[0]?.machine ?? machine, machine);
  }
  return newWorld(clock, members);
}

/** The weekly visit: a file there, a file back, and perhaps a mishap. How many files that were. */
async function visit(
  context: FaultContext,
  rows: Record<string, Row>,
  bag: Fault[],
): Promise<number> {
  const { hq, member, random, options } = context;
  const { machine } = member;
  if (!isMember(machine, hq.machine)) return 0;
  if (random() < (options.mishap ?? MISHAP)) await mishap(context, rows, bag);
  if (!isMember(machine, hq.machine)) return 0;
  for (const [from, to] of [
    [member, hq],
    [hq, member],
  ] as const) {
    const file = await writeFile(from.machine, peerAt(from.machine, to.machine));
    if (file.ok) addMarks(to, must(await takeIn(to.machine, file.value)));
  }
  return 2;
}

/** One fault after the other, in an order of chance, so that each comes about as often. */
async function mishap(
  context: FaultContext,
  rows: Record<string, Row>,
  bag: Fault[],
): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    if (bag.length === 0) bag.push(...possible(context.options));
    const [fault] = bag.splice(Math.floor(context.random() * bag.length), 1);
    if (!fault || (await suffer(fault, context, rows))) return;
    bag.push(fault);
  }
}

const possible = ({ fault }: YearOptions): readonly Fault[] =>
  faults.filter(({ name }) => fault === undefined || name === fault);

/** Enrolled, not revoked, and known to headquarters. */
const isMember = (machine: Machine, hq: Machine): boolean => {
  const device = machine.vault.device();
  const roster = hq.vault.trust.roster();
  const id = device?.replica.replace(/-\d+$/, '');
  return (
    roster?.devices.some((each) => each.device === id) === true &&
    !roster.revoked.some((each) => each.device === id) &&
    peerOf(machine.vault, hq.vault.device()?.replica ?? '') !== undefined
  );
};

async function suffer(
  fault: Fault,
  context: FaultContext,
  rows: Record<string, Row>,
): Promise<boolean> {
  const row = rows[fault.name];
  const outcome = await fault.befall(context);
  if (!outcome || !row) return false;
  row.injected++;
  if ('refused' in outcome) row.refused[outcome.refused] = (row.refused[outcome.refused] ?? 0) + 1;
  else if ('held' in outcome) row.held[outcome.held] = (row.held[outcome.held] ?? 0) + 1;
  else row.survived++;
  return true;
}
