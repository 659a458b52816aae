/** What happens to devices, their disks and clocks, and to releases and rosters. */
import { lastHere, revokeDevice } from '../../renderer/exchange/enrol';
import { webCodec } from '../../renderer/exchange/webCodec';
import { createDb } from '../../renderer/store/db';
import { deviceOf } from '../../shared/trust/device';
import { packed, partsOf, tar, type Json } from '../hostile/forger';
import { writeSomething } from './everyday';
import {
  copyDisk,
  createMachine,
  dispose,
  forget,
  must,
  peerAt,
  putBack,
  replicaOf,
  restart,
  takeIn,
  writeFile,
  type Machine,
} from './machine';
import { asForger, arrive, stick, survived, type Fault, type FaultContext } from './misfortune';
import { acceptAll, carry, setUp } from './organisation';
import { accountOf, addMarks, type Member } from './world';

async function newcomer({ world }: FaultContext, name: string): Promise<Machine> {
  const machine = await createMachine(name, world.clock);
  await setUp(machine, 'site');
  return machine;
}

/** What the first release would have written: no keys, no attachments, unsigned. */
async function ofFormatOne(machine: Machine): Promise<Uint8Array> {
  const parts = partsOf(must(await writeFile(machine, undefined)));
  const {
    seal: _s,
    recipients: _r,
    roster: _o,
    wants: _w,
    bases: _b,
    scope: _c,
    extract: _e,
    tips: _t,
    stands: _st,
    ...first
  } = parts.manifest;
  const segments = (first.segments as Json[]).map(({ sig: _sig, ...rest }) => rest);
  const manifest = { ...first, version: 1, minReader: 1, segments };
  const head = webCodec.encode(JSON.stringify(manifest));
  return tar([{ name: 'manifest.json', bytes: head }, ...parts.entries]);
}

/** A receipt that counts and names no content. */
async function ofFormatTwo(machine: Machine): Promise<Uint8Array> {
  const parts = partsOf(must(await writeFile(machine, undefined)));
  const { tips: _tips, stands: _stands, ...second } = parts.manifest;
  return packed({ ...parts, manifest: { ...second, version: 2 } }, machine);
}

export const faultsOfDevices: readonly Fault[] = [
  {
    name: 'power lost after export',
    async befall(context) {
      const { machine } = context.member;
      const disk = await copyDisk(machine.db);
      const before = accountOf(context.member);
      const bytes = await stick(context);
      await putBack(machine, disk);
      forget(disk);
      Object.assign(context.member, before);
      await writeSomething(context.world, context.member, context.random);
      return arrive(context.hq, bytes);
    },
  },
  {
    name: 'restored backup',
    async befall({ member }) {
      const { machine, backup } = { machine: member.machine, backup: member.backup };
      if (!backup) {
        const exported = new Map(machine.exported);
        member.backup = { db: await copyDisk(machine.db), exported, ...accountOf(member) };
        return undefined;
      }
      await putBack(machine, backup.db);
      Object.assign(member, accountOf(backup));
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
      const twin: Member = { machine, ...accountOf(member), backup: undefined };
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
      const bytes =
        context.random() < 0.5 ? await ofFormatOne(machine) : await ofFormatTwo(machine);
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
];
