/** What tests with machines do all the time: write records, carry files, put disks back. */
import { gzipSync } from 'node:zlib';
import { webCodec } from '../../renderer/exchange/webCodec';
import type { PlannedImport } from '../../shared/exchange/plan';
import { headsOf } from '../../shared/log/record';
import {
  copyDisk,
  createMachine,
  must,
  peerAt,
  putBack,
  takeIn,
  writeFile,
  type Machine,
  type WorldClock,
} from './machine';
import { enrol, found, setUp } from './organisation';
import { seedPlatform } from './seededRandom';

/** Writes a record, and returns its id. */
export async function create({ vault }: Machine, name: string): Promise<string> {
  const id = vault.newId();
  must(await vault.commit([{ do: 'create', kind: 'ci', id, fields: { name } }]));
  return id;
}

/** A file with what the receiver lacks, or with everything, opened a minute later. */
export async function send(
  clock: WorldClock,
  from: Machine,
  to: Machine,
  snapshot = false,
): Promise<PlannedImport> {
  clock.now += 60_000;
  const content = snapshot ? 'snapshot' : 'changes';
  return must(await takeIn(to, must(await writeFile(from, peerAt(from, to), { content })))).plan;
}

/** Headquarters, and a laptop with one record that headquarters has confirmed. */
export async function pair() {
  seedPlatform(1);
  const clock = { now: Date.UTC(2026, 10, 23) };
  const hq = await createMachine('hq', clock);
  const laptop = await createMachine('aa', clock);
  await setUp(hq, 'hq');
  await found(hq);
  await setUp(laptop, 'site');
  await enrol(hq, laptop);
  const shared = await create(laptop, 'known to all');
  await backAndForth(clock, laptop, hq, 2);
  return { clock, hq, laptop, shared };
}

export async function correct({ vault }: Machine, id: string, times: number): Promise<void> {
  for (let i = 1; i <= times; i++) {
    must(await vault.commit([{ do: 'set', id, fields: { name: `correction ${i}` } }]));
  }
}

export async function backAndForth(clock: WorldClock, a: Machine, b: Machine, times: number) {
  for (let i = 0; i < times; i++) {
    await send(clock, a, b);
    await send(clock, b, a);
  }
}

/** Until headquarters knows that all that it has is confirmed, and has compacted it. */
export async function compacted(clock: WorldClock, hq: Machine, site: Machine): Promise<void> {
  await backAndForth(clock, site, hq, 2);
  await send(clock, site, hq);
  if (must(await hq.vault.compaction.run()).changes === 0) throw new Error('nothing was compacted');
}

export async function rename({ vault }: Machine, id: string, name: string): Promise<void> {
  must(await vault.commit([{ do: 'set', id, fields: { name } }]));
}

/** More than one where they are in conflict. */
export const namesOf = ({ vault }: Machine, id: string, field = 'name'): readonly unknown[] => {
  const state = vault.projection.get(id);
  if (!state) throw new Error(`${id} is not there`);
  return headsOf(state, field)
    .map(({ value }) => value)
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
};

/** Headquarters names the record, the laptop knows it, and headquarters is put back to before that. */
export async function namedTwice() {
  const { clock, hq, laptop, shared } = await pair();
  const other = await anotherLaptop(clock, hq, 'bb');
  const [disk, marks] = [await copyDisk(hq.db), new Map(hq.exported)];
  await rename(hq, shared, 'before');
  await send(clock, hq, laptop);
  await putBackWhole(hq, disk, marks);
  return { clock, hq, laptop, other, shared };
}

export const nameAt = ({ vault }: Machine, id: string): unknown =>
  vault.projection.get(id)?.values.name;
/** Of all configuration items. */
export const namesAt = ({ vault }: Machine): readonly unknown[] =>
  vault.projection.records('ci').map(({ values }) => values.name);
export const conflictsAt = ({ vault }: Machine): readonly string[] => [
  ...vault.projection.conflicts(),
];

/** The marks go back with the disk, as in the snapshot of a virtual machine. */
export async function putBackWhole(
  machine: Machine,
  disk: string,
  marks: ReadonlyMap<string, number>,
) {
  machine.exported.clear();
  for (const [replica, sequence] of marks) machine.exported.set(replica, sequence);
  await putBack(machine, disk);
}

/** As another release would: the same changes in other bytes. */
export async function sealOtherwise({ vault }: Machine): Promise<void> {
  const { gzip } = webCodec;
  const codec = webCodec as { gzip: typeof gzip };
  codec.gzip = async (bytes) => new Uint8Array(gzipSync(bytes, { level: 1 }));
  try {
    must(await vault.exchange.seal());
  } finally {
    codec.gzip = gzip;
  }
}

/** A laptop that has just been enrolled. */
export async function newcomerAt(clock: WorldClock, hq: Machine, name = 'cc'): Promise<Machine> {
  const machine = await createMachine(name, clock);
  await setUp(machine, 'site');
  await enrol(hq, machine);
  return machine;
}

/** Another laptop of the organisation, which has everything and has said so. */
export async function anotherLaptop(
  clock: WorldClock,
  hq: Machine,
  name: string,
): Promise<Machine> {
  const machine = await newcomerAt(clock, hq, name);
  await backAndForth(clock, machine, hq, 2);
  return machine;
}
