/** What can happen to a laptop, a stick or a file. Each says what came of it; undefined: not this time. */
import './memoryDb';
import { revokeDevice, lastHere } from '../../renderer/exchange/enrol';
import { webCodec } from '../../renderer/exchange/webCodec';
import { createDb } from '../../renderer/store/db';
import { apartOf } from '../../shared/review/apart';
import { findDuplicates } from '../../shared/review/duplicates';
import { kindOf } from '../../shared/kinds/registry';
import { deviceOf } from '../../shared/trust/device';
import type { Json, Victim } from '../hostile/forger';
import { lineOf, packed, partsOf, segment, tar } from '../hostile/forger';
import { withRowsLeft } from './diskFull';
import {
  copyDisk,
  createMachine,
  dispose,
  forget,
  kill,
  must,
  peerAt,
  putBack,
  replicaOf,
  restart,
  takeIn,
  writeFile,
  type Machine,
} from './machine';
import { acceptAll, carry, setUp } from './organisation';
import { pictureOf } from './picture';
import { addMarks, same, type Member, type World } from './world';
import { writeSomething, type YearOptions } from './year';

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

const survived: Outcome = { survived: true };

/** Something new, on a stick for headquarters. */
async function stick({ world, hq, member, random }: FaultContext): Promise<Uint8Array> {
  await writeSomething(world, member, random);
  return must(await writeFile(member.machine, peerAt(member.machine, hq.machine)));
}

/** Read at headquarters: refused, and then nothing there has changed; or held, or taken. */
async function arrive(to: Member, bytes: Uint8Array): Promise<Outcome> {
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

const spoilt = (
  name: string,
  change: (bytes: Uint8Array, random: () => number) => Uint8Array,
): Fault => ({
  name,
  befall: async (context) =>
    arrive(context.hq, change((await stick(context)).slice(), context.random)),
});

const somewhere = (random: () => number, bytes: Uint8Array) => Math.floor(random() * bytes.length);

/** The member as an enrolled author of hostile files. */
async function asForger({ hq, member }: FaultContext): Promise<Victim> {
  const { machine } = member;
  const replica = replicaOf(machine);
  const good = must(await writeFile(machine, peerAt(machine, hq.machine), { content: 'snapshot' }));
  const next = (machine.vault.projection.have()[replica] ?? 0) + 1;
  const tip = (await machine.vault.exchange.here()).tips[replica]?.sha256 ?? '';
  const victim = { hq: hq.machine, laptop: machine, foreigner: machine, stranger: machine };
  return { ...victim, good, sealed: good, replica, next, tip };
}

const forged = (name: string, lines: (victim: Victim) => readonly unknown[]): Fault => ({
  name,
  befall: async (context) => {
    const victim = await asForger(context);
    const made = await segment(victim, { lines: lines(victim) });
    return arrive(context.hq, await oneSegment(victim, made.listed, made.entry));
  },
});

const oneSegment = (victim: Victim, listed: Json, entry: { name: string; bytes: Uint8Array }) => {
  const { manifest } = partsOf(victim.good);
  const have = { ...(manifest.have as Json), [victim.replica]: listed.to };
  return packed(
    { manifest: { ...manifest, have, segments: [listed], blobs: [] }, entries: [entry] },
    victim.laptop,
  );
};

const other = ({ world, member, random }: FaultContext): Member | undefined => {
  const found = world.members[1 + Math.floor(random() * (world.members.length - 1))];
  return found === member || found?.copyOf ? undefined : found;
};

let bomb: Promise<Uint8Array> | undefined;
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

async function newcomer({ world }: FaultContext, name: string): Promise<Machine> {
  const machine = await createMachine(name, world.clock);
  await setUp(machine, 'site');
  return machine;
}

const set = (machine: Machine, id: string, fields: Record<string, string>) =>
  machine.vault.commit([{ do: 'set', id, fields }]);

export const faults: readonly Fault[] = [
  { name: 'lost', befall: async (context) => (await stick(context), survived) },
  {
    name: 'duplicated',
    async befall(context) {
      const bytes = await stick(context);
      await arrive(context.hq, bytes);
      const again = must(await takeIn(context.hq.machine, bytes));
      if (again.plan.changes.length > 0) throw new Error('a file brought something twice');
      return survived;
    },
  },
  {
    name: 'reordered',
    async befall(context) {
      context.late.push({ to: context.hq, bytes: await stick(context) });
      return survived;
    },
  },
  spoilt('truncated', (bytes, random) => bytes.slice(0, somewhere(random, bytes))),
  spoilt('bit-flipped', (bytes, random) => {
    const at = somewhere(random, bytes);
    bytes[at] = (bytes[at] ?? 0) ^ 4;
    return bytes;
  }),
  spoilt('half-written', (bytes, random) => {
    const at = Math.floor(bytes.length * random() * 0.9);
    return bytes.fill(0, at);
  }),
  {
    name: 'disk full',
    async befall(context) {
      const bytes = await stick(context);
      const { machine } = context.hq;
      const before = pictureOf(machine);
      const run = await withRowsLeft(1, () => takeIn(machine, bytes));
      if (run.value.ok) return undefined;
      same(before, pictureOf(machine), 'a full disk has left something behind');
      await arrive(context.hq, bytes);
      return { refused: run.value.refusal.code };
    },
  },
  {
    name: 'killed during import',
    async befall({ hq, member, random, world }) {
      await writeSomething(world, hq, random);
      const { machine } = member;
      const bytes = must(await writeFile(hq.machine, peerAt(hq.machine, machine)));
      const before = pictureOf(machine);
      await withRowsLeft(Math.floor(random() * 4), () => takeIn(machine, bytes));
      await kill(machine);
      if (pictureOf(machine) !== before) return undefined;
      addMarks(member, must(await takeIn(machine, bytes)));
      return survived;
    },
  },
  {
    name: 'power lost after export',
    async befall(context) {
      const { machine } = context.member;
      const disk = await copyDisk(machine.db);
      const marks = new Set(context.member.marks);
      const bytes = await stick(context);
      await putBack(machine, disk);
      forget(disk);
      context.member.marks = marks;
      await writeSomething(context.world, context.member, context.random);
      return arrive(context.hq, bytes);
    },
  },
  {
    name: 'restored backup',
    async befall({ member }) {
      const { machine, backup } = { machine: member.machine, backup: member.backup };
      if (!backup) {
        member.backup = { db: await copyDisk(machine.db), marks: new Set(member.marks) };
        return undefined;
      }
      await putBack(machine, backup.db);
      member.marks = new Set(backup.marks);
      forget(backup.db);
      member.backup = undefined;
      return survived;
    },
  },
  {
    name: 'cloned disk',
    async befall(context) {
      const { world, hq, member, random } = context;
      const { name, db, exported } = member.machine;
      const machine = await createMachine(`${name}'`, world.clock, await copyDisk(db), exported);
      const twin: Member = { machine, marks: new Set(member.marks), backup: undefined };
      await writeSomething(world, twin, random);
      await arrive(hq, await stick(context));
      const outcome = await arrive(hq, must(await writeFile(machine, peerAt(machine, hq.machine))));
      // It is found out, hears which branch stays, gives back what only it had, and is taken away.
      for (let i = 0; i < 5; i++) {
        world.clock.now += 60_000;
        must((await carry(hq.machine, machine)) ?? { ok: true, value: null });
        const file = must(await writeFile(machine, peerAt(machine, hq.machine)));
        addMarks(hq, must(await takeIn(hq.machine, file)));
      }
      await dispose(machine);
      return outcome;
    },
  },
  {
    name: 'clock ten years off',
    async befall({ member, random }) {
      member.machine.skew = (random() < 0.5 ? -1 : 1) * 10 * 365 * 86_400_000;
      return survived;
    },
  },
  {
    name: 'clock running backwards',
    async befall(context) {
      for (let i = 0; i < 3; i++) {
        context.member.machine.skew -= 86_400_000;
        await writeSomething(context.world, context.member, context.random);
      }
      return survived;
    },
  },
  {
    name: 'older release',
    async befall(context) {
      const machine = await newcomer(context, 'old');
      const parts = partsOf(must(await writeFile(machine, undefined)));
      const {
        seal: _s,
        recipients: _r,
        roster: _o,
        wants: _w,
        bases: _b,
        scope: _c,
        extract: _e,
        ...first
      } = parts.manifest;
      const segments = (first.segments as Json[]).map(({ sig: _sig, ...rest }) => rest);
      const manifest = { ...first, version: 1, minReader: 1, segments };
      const head = webCodec.encode(JSON.stringify(manifest));
      const bytes = tar([{ name: 'manifest.json', bytes: head }, ...parts.entries]);
      const outcome = await arrive(context.hq, bytes);
      await acceptAll(context.hq.machine);
      await dispose(machine);
      return outcome;
    },
  },
  {
    name: 'newer release: a kind of tomorrow',
    async befall({ member, hq, world }) {
      const { machine } = member;
      const replica = replicaOf(machine);
      const s = (machine.vault.projection.have()[replica] ?? 0) + 1;
      const id = `quantum${String(++world.marks).padStart(9, '0')}`;
      const change = {
        r: replica,
        s,
        t: [world.clock.now, 0],
        by: 'x',
        k: 'quantumRisk',
        kv: 3,
        id,
        f: { name: 'q' },
      };
      const db = createDb(machine.db);
      await db.tail.add({ from: s, to: s, text: JSON.stringify([change]) });
      db.close();
      await restart(machine);
      const taken = must((await carry(machine, hq.machine)) ?? { ok: true, value: null });
      return taken && hq.machine.vault.projection.get(id) ? survived : undefined;
    },
  },
  {
    name: 'newer release: a format of tomorrow',
    async befall(context) {
      const victim = await asForger(context);
      const parts = partsOf(victim.good);
      const manifest = { ...parts.manifest, version: 9, minReader: 9 };
      return arrive(context.hq, await packed({ ...parts, manifest }, victim.laptop));
    },
  },
  {
    name: 'unknown device',
    async befall(context) {
      const machine = await newcomer(context, 'unknown');
      const outcome = await arrive(context.hq, must(await writeFile(machine, undefined)));
      await dispose(machine);
      return outcome;
    },
  },
  {
    name: 'forged device',
    async befall(context) {
      const machine = await newcomer(context, 'forger');
      const parts = partsOf(await stick(context));
      const bytes = await packed(parts, machine);
      await dispose(machine);
      return arrive(context.hq, bytes);
    },
  },
  {
    name: 'revoked device',
    async befall(context) {
      const { hq, member, random, options } = context;
      const active =
        context.world.members.length - (hq.machine.vault.trust.roster()?.revoked.length ?? 0);
      if (random() > 0.2 || active < options.laptops * 0.9) return undefined;
      const device = deviceOf(replicaOf(member.machine));
      const last = lastHere(hq.machine.vault, device);
      must(await revokeDevice(hq.machine.vault, { device, reason: 'stolen', last }));
      return arrive(hq, await stick(context));
    },
  },
  {
    name: 'wrong recipient',
    async befall(context) {
      const third = other(context);
      if (!third) return undefined;
      const { machine } = context.member;
      const device = deviceOf(replicaOf(context.hq.machine));
      const bytes = must(
        await writeFile(machine, peerAt(machine, context.hq.machine), {
          seal: { kind: 'recipients', devices: [device] },
        }),
      );
      return arrive(third, bytes);
    },
  },
  {
    name: 'replayed old roster',
    async befall({ hq, member, world }) {
      const { machine } = member;
      const old = must(await writeFile(hq.machine, peerAt(hq.machine, machine)));
      must(await hq.machine.vault.trust.accept({}));
      addMarks(
        member,
        must(await takeIn(machine, must(await writeFile(hq.machine, peerAt(hq.machine, machine))))),
      );
      const version = machine.vault.trust.roster()?.version;
      world.clock.now += 60_000;
      const plan = must(await takeIn(machine, old)).plan;
      if (machine.vault.trust.roster()?.version !== version)
        throw new Error('an old roster came back');
      return plan.rosterNews === 'older' ? survived : undefined;
    },
  },
  {
    name: 'relay through a third laptop',
    async befall(context) {
      const third = other(context);
      if (!third || !peerAt(third.machine, context.hq.machine)) return undefined;
      const bytes = await stick(context);
      await arrive(third, bytes);
      const relayed = await writeFile(third.machine, peerAt(third.machine, context.hq.machine));
      return relayed.ok ? arrive(context.hq, relayed.value) : undefined;
    },
  },
  {
    name: 'missing attachment',
    async befall({ hq, member, world }) {
      const { vault } = member.machine;
      const blob = must(await vault.blobs.put(new Blob([`photo ${++world.marks}`])));
      const of = vault.newId();
      const fields = { of, name: 'photo', type: 'image/png', ...blob };
      const done = await vault.commit([
        { do: 'create', kind: 'ci', id: of, fields: { name: 'with a photo' } },
        { do: 'create', kind: 'attachment', id: vault.newId(), fields },
      ]);
      if (!done.ok) return undefined;
      const without = must(
        await writeFile(member.machine, peerAt(member.machine, hq.machine), { blobs: [] }),
      );
      await arrive(hq, without);
      if (hq.machine.vault.blobs.has(blob.sha256)) return undefined;
      // Headquarters asks for it, and gets it.
      must((await carry(hq.machine, member.machine)) ?? { ok: true, value: null });
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      if (!hq.machine.vault.blobs.has(blob.sha256)) throw new Error('an attachment did not come');
      return survived;
    },
  },
  {
    name: 'decompression bomb',
    async befall(context) {
      const bytes = await (bomb ??= webCodec.gzip(new Uint8Array(130 * 1024 * 1024)));
      const victim = await asForger(context);
      const made = await segment(victim, { bytes });
      return arrive(context.hq, await oneSegment(victim, made.listed, made.entry));
    },
  },
  forged('hostile keys', (victim) => [
    JSON.stringify(lineOf(victim)).replace('"name":"x"', '"name":{"__proto__":{"x":1}}'),
  ]),
  forged('deep nesting', (victim) => [lineOf(victim, { f: { name: nested(3000) } })]),
  {
    name: 'very many changes at once',
    async befall({ hq, member, options, random }) {
      if (random() > 0.2) return undefined;
      const { vault } = member.machine;
      for (let at = 0; at < options.bulk; at += 5000) {
        const many = Array.from({ length: Math.min(5000, options.bulk - at) }, (_, i) => ({
          do: 'create' as const,
          kind: 'ci',
          id: vault.newId(),
          fields: { name: `imported ${at + i}` },
        }));
        must(await vault.commit(many));
      }
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      return survived;
    },
  },
  {
    name: 'two edit one field apart',
    async befall(context) {
      const { hq, member } = context;
      const id = member.machine.vault.newId();
      must(
        await member.machine.vault.commit([
          { do: 'create', kind: 'plan', id, fields: { name: 'plan' } },
        ]),
      );
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      if (!hq.machine.vault.projection.get(id)) return undefined;
      must(await set(hq.machine, id, { purpose: 'as approved' }));
      must(await set(member.machine, id, { purpose: 'as edited' }));
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      if (!hq.machine.vault.projection.conflicts().has(id)) throw new Error('no conflict shown');
      return survived;
    },
  },
  {
    name: 'duplicate asset number',
    async befall({ hq, member, world }) {
      const uid = `ASSET-${++world.marks}`;
      const create = ({ vault }: Machine) =>
        vault.commit([{ do: 'create', kind: 'ci', id: vault.newId(), fields: { name: uid, uid } }]);
      must(await create(hq.machine));
      must(await create(member.machine));
      must((await carry(member.machine, hq.machine)) ?? { ok: true, value: null });
      return reports(hq.machine, uid) ? survived : undefined;
    },
  },
  {
    name: 'link to a record not yet here',
    async befall(context) {
      const third = other(context);
      if (!third) return undefined;
      const { hq, member } = context;
      const { vault } = member.machine;
      const [from, to] = [vault.newId(), hq.machine.vault.newId()];
      // Only headquarters and the member know the end of the link; the third gets the member's part.
      must(
        await hq.machine.vault.commit([
          { do: 'create', kind: 'ci', id: to, fields: { name: 'end' } },
        ]),
      );
      must((await carry(hq.machine, member.machine)) ?? { ok: true, value: null });
      if (!vault.projection.get(to)) return undefined;
      must(
        await vault.commit([
          { do: 'create', kind: 'ci', id: from, fields: { name: 'start' } },
          { do: 'link', from, rel: 'dependsOn', to },
        ]),
      );
      return arrive(
        third,
        must(await writeFile(member.machine, peerAt(member.machine, hq.machine))),
      );
    },
  },
];

/** Both are there, and suggested as duplicates of each other. */
function reports(hq: Machine, uid: string): boolean {
  const kind = kindOf('ci');
  const both = [...hq.vault.projection.records('ci')].filter((each) => each.values.uid === uid);
  if (!kind || both.length !== 2) return false;
  const search = findDuplicates(kind, both, apartOf([]));
  for (;;) {
    const step = search.next();
    if (step.done) return step.value.length === 1;
  }
}
