/** What people do in a history, and what happens to files, devices and clocks. */
import type { ReadyImport } from '../../renderer/exchange/importFile';
import { lastHere, regrantDevice, revokeDevice } from '../../renderer/exchange/enrol';
import type { Edit } from '../../shared/log/changeset';
import { deviceOf } from '../../shared/trust/device';
import { noteArchive } from './archived';
import { hashOf } from './attachedBytes';
import { withRowsLeft } from './diskFull';
import { sealOtherwise } from './errands';
import { handOutExtract } from './extracts';
import { copyDisk, createMachine, forget, kill, must, putBack, replicaOf, takeIn } from './machine';
import { acceptAll, enrol, grantFor } from './organisation';
import { pictureOf } from './picture';
import type { Step } from './script';
import { bearer, bring, handOver, receiptFrom, stickFrom, usualContent } from './sticks';
import {
  accountOf,
  addMarks,
  at,
  DAY,
  hqOf,
  isIn,
  RECORDS,
  same,
  type Member,
  type Stick,
  type World,
} from './world';

export async function play(world: World, steps: readonly Step[]): Promise<void> {
  for (const each of steps) {
    world.clock.now += 60_000 * (1 + (each.n % 500));
    if (await deeds[each.do](world, each)) {
      world.tally[each.do] = (world.tally[each.do] ?? 0) + 1;
      if (UNUSUAL.has(each.do)) world.unusual = true;
    }
  }
}

const UNUSUAL: ReadonlySet<string> = new Set(
  'putBack copy enrol revoke regrant accept keepOut'.split(' '),
);

type Deed = (world: World, step: Step) => Promise<boolean>;

/** Mostly a laptop's. */
const whoseDisk = (world: World, { who, n }: Step): Member =>
  at(world, n % 5 === 4 ? 0 : 1 + (who % 3));

const deeds: Readonly<Record<Step['do'], Deed>> = {
  write(world, { who, n }) {
    const member = at(world, who);
    const id = RECORDS[n % RECORDS.length] ?? RECORDS[0];
    const mark = `mark ${++world.marks}`;
    const field = ['name', 'description', 'phone'][n % 2] ?? 'name';
    const kind = id.startsWith('site') ? 'site' : 'ci';
    const name = kind === 'site' && field === 'description' ? 'address' : field;
    const known = member.machine.vault.projection.get(id) !== undefined;
    const edit: Edit =
      known && n % 5 !== 0
        ? { do: 'set', id, fields: { [name]: mark } }
        : {
            do: 'create',
            kind,
            id: known ? member.machine.vault.newId() : id,
            fields: { name: mark },
          };
    return committed(world, member, [edit], mark);
  },

  delete: (_world, _step) => removed(_world, _step, 'delete'),
  restore: (_world, _step) => removed(_world, _step, 'restore'),

  link: (world, { who, n }) => {
    const from = RECORDS[n % 2] ?? RECORDS[0];
    const to = RECORDS[(n + 1) % 2] ?? RECORDS[1];
    return committed(world, at(world, who), [
      { do: n % 3 ? 'link' : 'unlink', from, rel: 'dependsOn', to },
    ]);
  },

  async attach(world, { who, n }) {
    const member = at(world, who);
    const { vault } = member.machine;
    const mark = `mark ${++world.marks}`;
    // Now and then the same ones that somebody else may have attached.
    const bytes = new TextEncoder().encode(`bytes of ${n % 4 ? mark : 'everybody'}`);
    const stored = await vault.blobs.put(new Blob([bytes]));
    if (!stored.ok) return false;
    same(hashOf(bytes), stored.value.sha256, 'bytes got a wrong hash');
    member.bytes.add(stored.value.sha256);
    const of = RECORDS[n % RECORDS.length] ?? RECORDS[0];
    const fields = { of, name: mark, type: 'text/plain', ...stored.value };
    return committed(
      world,
      member,
      [{ do: 'create', kind: 'attachment', id: vault.newId(), fields }],
      mark,
    );
  },

  async send(world, step) {
    const target = at(world, step.to);
    const { who, n } = step;
    const stick = await stickFrom(world, at(world, who), target, n, usualContent(n));
    if (stick) await handOver(world, target, stick, step);
    return stick !== undefined;
  },

  async receipt(world, step) {
    const target = at(world, step.to);
    const stick = await receiptFrom(world, at(world, step.who), target, step.n);
    if (stick) await handOver(world, target, stick, step);
    return stick !== undefined;
  },

  async bring(world, step) {
    const stick = world.sticks[step.n % Math.max(1, world.sticks.length)];
    return stick !== undefined && bring(world, bearer(world, stick, step), stick);
  },

  extract: handOutExtract,

  async spoil(world, { to, n }) {
    const stick = world.sticks[n % Math.max(1, world.sticks.length)];
    if (!stick) return false;
    const { machine } = at(world, to);
    const bytes = stick.bytes.slice(0, n % 2 ? undefined : n % stick.bytes.length);
    const place = (n * 7919) % Math.max(1, bytes.length);
    if (n % 2) bytes[place] = (bytes[place] ?? 0) ^ (1 << (n % 8));
    const before = pictureOf(machine);
    if ((await takeIn(machine, bytes)).ok) throw new Error(`a spoilt file was taken: ${place}`);
    same(before, pictureOf(machine), 'a refused file has left something behind (I12)');
    return true;
  },

  async full(world, { n }) {
    const stick = world.sticks[n % Math.max(1, world.sticks.length)];
    if (!stick) return false;
    const target = at(world, stick.to);
    const { machine } = target;
    const before = pictureOf(machine);
    const run = await withRowsLeft(n % 7, () => takeIn(machine, stick.bytes));
    if (!run.full) {
      if (run.value.ok) addMarks(target, run.value.value);
      return false;
    }
    if (run.value.ok) return afterwardsFull(world, target, run.value.value, stick);
    same(before, pictureOf(machine), 'a cut-off import has left something behind (I13)');
    await kill(machine);
    same(before, pictureOf(machine), 'a cut-off import has left something on the disk (I13)');
    return bring(world, target, stick);
  },

  async kill(world, { who }) {
    const { machine } = at(world, who);
    const before = pictureOf(machine);
    await kill(machine);
    same(before, pictureOf(machine), 'what was saved is gone after a power cut (I13)');
    return true;
  },

  async backup(world, step) {
    const member = whoseDisk(world, step);
    if (member.backup) forget(member.backup.db);
    const db = await copyDisk(member.machine.db, 'backup');
    const exported = new Map(member.machine.exported);
    member.backup = { db, exported, ...accountOf(member) };
    return true;
  },

  async putBack(world, step) {
    const member = whoseDisk(world, step);
    if (!member.backup) return false;
    const { exported } = member.machine;
    // As in the snapshot of a virtual machine: what lies outside the database goes back too.
    if (step.n % 3 === 2) {
      exported.clear();
      for (const [replica, sequence] of member.backup.exported) exported.set(replica, sequence);
    }
    await noteArchive(world, member.machine);
    await putBack(member.machine, member.backup.db);
    Object.assign(member, accountOf(member.backup));
    world.restored = true;
    return true;
  },

  /** Another release, or another computer, compresses the same changes into other bytes. */
  async repack(world, { who }) {
    await sealOtherwise(at(world, who).machine);
    return true;
  },

  async copy(world, { who }) {
    if (world.members.length > 4) return false;
    const original = at(world, 1 + (who % 2));
    const disk = await copyDisk(original.machine.db, 'twin');
    const { name, exported } = original.machine;
    const machine = await createMachine(`${name}'`, world.clock, disk, exported);
    machine.engine = original.machine.engine;
    world.members.push({
      machine,
      ...accountOf(original),
      backup: undefined,
      copyOf: original,
    });
    world.restored = true;
    return true;
  },

  async skew(world, { who, n }) {
    at(world, who).machine.skew = ((n % 21) - 10) * 365 * DAY;
    return true;
  },

  async enrol(world, { n }) {
    const newcomer = at(world, 3);
    if (isIn(world, newcomer) || n % 2) return false;
    const grant = n % 4 ? {} : { kinds: ['ci', 'attachment'] };
    addMarks(newcomer, await enrol(hqOf(world), newcomer.machine, grant));
    return true;
  },

  async revoke(world, { n }) {
    const member = at(world, 2);
    if (!isIn(world, member) || n % 3) return false;
    const device = deviceOf(replicaOf(member.machine));
    // What is here stays; now and then some more is known to be sound.
    const more = n % 2 ? 0 : 2;
    const last = Object.fromEntries(
      Object.entries(lastHere(hqOf(world).vault, device)).map(([r, to]) => [r, to + more]),
    );
    must(await revokeDevice(hqOf(world).vault, { device, reason: 'stolen', last }));
    return true;
  },

  async regrant(world, { n }) {
    const member = at(world, 2);
    if (!isIn(world, member)) return false;
    const { vault } = hqOf(world);
    const until = n % 3 ? null : world.clock.now - DAY;
    const kinds = n % 2 ? null : ['site'];
    const grant = grantFor(member.machine, { until, kinds });
    must(await regrantDevice(vault, deviceOf(replicaOf(member.machine)), grant));
    return true;
  },

  async compact(world) {
    const hq = hqOf(world);
    const before = pictureOf(hq);
    const done = await hq.vault.compaction.run();
    if (!done.ok && done.refusal.code !== 'compaction.nothing') throw new Error(done.refusal.code);
    same(before, pictureOf(hq), 'compaction shows (I9)');
    return done.ok;
  },

  accept: async (world) => (await acceptAll(hqOf(world))) > 0,

  async keepOut(world, { n }) {
    const { vault } = hqOf(world);
    const held = vault.exchange.waiting().map(({ segment }) => segment.sha256);
    if (held.length === 0) return false;
    must(await vault.exchange.keepOut(held.slice(0, 1), n % 2 === 0));
    return true;
  },
};

/** The file was in already; what follows when a device was copied found no room, and is made up for. */
async function afterwardsFull(
  world: World,
  target: Member,
  ready: ReadyImport,
  stick: Stick,
): Promise<boolean> {
  const { plan } = ready;
  const { machine } = target;
  const told = plan.receipt.apart.filter((r) => deviceOf(r) === deviceOf(replicaOf(machine)));
  const isHeld = machine.vault.exchange.waiting().some(({ reason }) => reason === 'forked');
  // A disk that was put back is told so, and goes on under a new epoch, which it writes down.
  const isPutBack = plan.ahead > 0;
  const isDoubtful = [...plan.forked, ...plan.replaced, ...told].length > 0;
  if (!isHeld && !isPutBack && !isDoubtful) {
    throw new Error('an import on a full disk has succeeded');
  }
  addMarks(target, ready);
  const before = replicaOf(machine);
  await kill(machine);
  if ([...plan.forked, ...told].includes(before) && replicaOf(machine) === before) {
    throw new Error('a copied device goes on under the name of another');
  }
  world.unusual = true;
  return bring(world, target, stick);
}

async function committed(
  world: World,
  member: Member,
  edits: readonly Edit[],
  mark?: string,
): Promise<boolean> {
  const { vault } = member.machine;
  const result = await vault.commit(edits);
  if (result.ok && mark) {
    world.saw.set(mark, new Set(member.marks));
    member.marks.add(mark);
  }
  return result.ok;
}

/** Whoever deletes a record has seen all there is of it here: to them it is gone, conflict or not. */
async function removed(world: World, { who, n }: Step, what: 'delete' | 'restore') {
  const member = at(world, who);
  const { projection } = member.machine.vault;
  const id = RECORDS[n % RECORDS.length] ?? RECORDS[0];
  const known = new Set(member.marks);
  const have = projection.get(id)?.dots.length;
  if (!(await committed(world, member, [{ do: what, id }]))) return false;
  const dot = projection.get(id)?.dots.at(-1);
  const written = projection.get(id)?.dots.length !== have;
  if (projection.get(id) && (projection.visible(id) === undefined) !== (what === 'delete')) {
    throw new Error(`${id} is shown as before to whoever wants to ${what} it (I11)`);
  }
  if (what === 'delete' && written && dot) {
    world.deletions.set(`${id} ${dot}`, [...(world.deletions.get(`${id} ${dot}`) ?? []), known]);
  }
  return true;
}
