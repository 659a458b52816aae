import './memoryDb';
/**
 * Random histories of an organisation: what people at headquarters and on laptops do, and what
 * happens to files, devices and clocks, over real vaults. Beside it stands a plain account of who
 * ought to have what, kept without the program's help.
 */
import type { ReadyImport } from '../../renderer/exchange/importFile';
import type { Change, Dot, RecordId } from '../../shared/log/change';
import type { Vector } from '../../shared/log/vector';
import { deviceOf } from '../../shared/trust/device';
import { isActive } from '../../shared/trust/roster';
import type { Archived } from './archived';
import {
  copyDisk,
  createMachine,
  dispose,
  forget,
  must,
  numberFiles,
  peerAt,
  replicaOf,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from './machine';
import { enrol, found, setUp } from './organisation';
import { ALIKE, earlierEngine, type Releases } from './releases';
import { seedPlatform } from './seededRandom';

export interface Stick {
  readonly bytes: Uint8Array;
  readonly to: number;
  readonly from: Member;
  /** Of a receipt: what its writer had. */
  readonly says?: Vector;
}

/** What a member has by our own account. */
interface Account {
  /** Values that are in its log or held in its inbox. */
  marks: Set<string>;
  /** Hashes whose bytes it was brought or attached itself. */
  bytes: Set<string>;
}

export interface Member extends Account {
  readonly machine: Machine;
  backup:
    | ({ readonly db: string; readonly exported: ReadonlyMap<string, number> } & Account)
    | undefined;
  /** A second machine with the disk of another one. */
  readonly copyOf?: Member;
}

export interface World {
  readonly clock: WorldClock;
  /** Headquarters first. */
  readonly members: Member[];
  readonly sticks: Stick[];
  /** How often each thing came to pass. */
  readonly tally: Record<string, number>;
  /** How often a check met what it is there for. */
  readonly met: Record<string, number>;
  /** Per deletion the values that were on the device; of two copies, both may have written it. */
  readonly deletions: Map<`${RecordId} ${Dot}`, readonly ReadonlySet<string>[]>;
  /** Per value that somebody wrote the values that were on the device. */
  readonly saw: Map<string, ReadonlySet<string>>;
  /** Per value the changes that an archive said, whose disk was put back. */
  readonly archived: Map<string, readonly Archived[]>;
  marks: number;
  /** Something beside loss, repetition and order has happened since everybody last agreed. */
  unusual: boolean;
  /** A disk was put back or copied, ever: what others believe of it may be too much for a while. */
  restored: boolean;
}

const START = Date.UTC(2026, 10, 23, 8);
export const DAY = 86_400_000;
export const RECORDS = ['ci00000000000001', 'ci00000000000002', 'site000000000001'] as const;

interface Template {
  readonly disks: readonly string[];
  readonly exported: readonly ReadonlyMap<string, number>[];
  readonly names: readonly string[];
}
let template: Promise<Template> | undefined;

/** Headquarters, a coordinator and a field laptop that belong to it, and one that does not yet. */
async function makeTemplate(): Promise<Template> {
  seedPlatform(1);
  const clock = { now: START - 30 * DAY };
  const names = ['hq', 'aa', 'bb', 'cc'];
  const machines: Machine[] = [];
  for (const name of names) {
    const machine = await createMachine(name, clock);
    await setUp(machine, name === 'hq' ? 'hq' : 'site');
    machines.push(machine);
  }
  const [hq, a, b] = machines;
  if (!hq || !a || !b) throw new Error('four machines');
  await found(hq);
  must(
    await hq.vault.commit([
      { do: 'create', kind: 'ci', id: RECORDS[0], fields: { name: 'one' } },
      { do: 'create', kind: 'ci', id: RECORDS[1], fields: { name: 'two' } },
      { do: 'create', kind: 'site', id: RECORDS[2], fields: { name: 'three' } },
    ]),
  );
  await enrol(hq, a, { role: 'coordinator' });
  await enrol(hq, b);
  for (const round of [0, 1]) {
    for (const site of [a, b]) {
      must(await takeIn(hq, must(await writeFile(site, peerAt(site, hq)))));
      if (round) must(await takeIn(site, must(await writeFile(hq, peerAt(hq, site)))));
    }
  }
  const disks = [];
  for (const machine of machines) {
    await machine.vault.close();
    disks.push(await copyDisk(machine.db, `template-${machine.name}`));
  }
  return { disks, names, exported: machines.map(({ exported }) => exported) };
}

export const newMember = (machine: Machine): Member => ({
  machine,
  marks: new Set(),
  bytes: new Set(),
  backup: undefined,
});

/** A copy, for a backup or for whoever starts from the same disk. */
export const accountOf = ({ marks, bytes }: Account): Account => ({
  marks: new Set(marks),
  bytes: new Set(bytes),
});

export const newWorld = (clock: WorldClock, members: Member[]): World => ({
  clock,
  members,
  sticks: [],
  tally: {},
  met: {},
  deletions: new Map(),
  archived: new Map(),
  saw: new Map(),
  marks: 0,
  unusual: false,
  restored: false,
});

export async function createWorld(seed: number, releases: Releases = ALIKE): Promise<World> {
  const { disks, names, exported } = await (template ??= makeTemplate());
  seedPlatform(seed);
  const clock = { now: START };
  const members: Member[] = [];
  for (const [i, disk] of disks.entries()) {
    const name = names[i] ?? '';
    const machine = await createMachine(name, clock, await copyDisk(disk, name), exported[i]);
    if (releases[i]) machine.engine = earlierEngine;
    members.push(newMember(machine));
  }
  numberFiles();
  return newWorld(clock, members);
}

export async function endWorld(world: World): Promise<void> {
  for (const { machine, backup } of world.members) {
    await dispose(machine);
    if (backup) forget(backup.db);
  }
}

export const at = (world: World, n: number): Member => {
  const member = world.members[n % world.members.length];
  if (!member) throw new Error('a world without members');
  return member;
};

/** A check met what it is there for. */
export function note(world: World, what: string, times = 1): void {
  world.met[what] = (world.met[what] ?? 0) + times;
}

export const hqOf = (world: World): Machine => at(world, 0).machine;

/** Belongs to the organisation as headquarters sees it. */
export const isIn = (world: World, { machine }: Member): boolean =>
  isActive(hqOf(world).vault.trust.roster(), deviceOf(replicaOf(machine)));

/** What a file brought that was taken must from now on be in the log, in the inbox, or kept as bytes. */
export function addMarks(member: Member, { unpacked }: ReadyImport): void {
  for (const { sha256 } of unpacked.file.blobs) member.bytes.add(sha256);
  for (const { changes } of unpacked.file.segments) {
    for (const change of changes) for (const mark of marksOf(change)) member.marks.add(mark);
  }
  // What stands in place of compacted changes is seen as well.
  for (const { rows } of unpacked.file.bases) {
    for (const [mark] of JSON.stringify(rows).matchAll(/(?<=")mark \d+(?=")/g)) {
      member.marks.add(mark);
    }
  }
}

export const marksOf = (change: Change): readonly string[] =>
  Object.values(change.f).filter(
    (value): value is string => typeof value === 'string' && value.startsWith('mark '),
  );

export function same(before: string, after: string, what: string): void {
  if (before !== after) throw new Error(`${what}\nbefore ${before}\nafter  ${after}`);
}
