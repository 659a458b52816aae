/** What happens to files on their way, and what hostile authors put into them. */
import { webCodec } from '../../renderer/exchange/webCodec';
import { deviceOf } from '../../shared/trust/device';
import { lineOf, packed, partsOf, segment, type Json, type Victim } from '../hostile/forger';
import { withRowsLeft } from './diskFull';
import { writeSomething } from './everyday';
import { kill, must, peerAt, replicaOf, takeIn, writeFile } from './machine';
import { asForger, arrive, other, stick, survived, type Fault } from './misfortune';
import { pictureOf } from './picture';
import { addMarks, same } from './world';

const spoilt = (
  name: string,
  change: (bytes: Uint8Array, random: () => number) => Uint8Array,
): Fault => ({
  name,
  befall: async (context) =>
    arrive(context.hq, change((await stick(context)).slice(), context.random)),
});

const somewhere = (random: () => number, bytes: Uint8Array) => Math.floor(random() * bytes.length);

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

let bomb: Promise<Uint8Array> | undefined;
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

export const faultsOfFiles: readonly Fault[] = [
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
];
