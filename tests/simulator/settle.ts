/** Everybody exchanges files again, and what must then be true: the invariants of a whole history. */
import { decodeSegment } from '../../shared/exchange/segment';
import { kindOf } from '../../shared/kinds/registry';
import { dotOf, parseDot, type Change } from '../../shared/log/change';
import { covers, seen } from '../../shared/log/vector';
import { createProjection } from '../../shared/projection/projection';
import { engine } from '../../renderer/exchange/engine';
import type { ExportOptions } from '../../renderer/exchange/exportFile';
import { webCodec } from '../../renderer/exchange/webCodec';
import { isForgotten } from './archived';
import { bytesUnderWay, checkBytes } from './attachedBytes';
import { checkDeletions, checkHeads, checkOverwrites, headsFrom } from './heads';
import { must, peerAt, replicaOf, takeIn, writeFile, type Machine } from './machine';
import type { Anchor } from '../../shared/trust/roster';
import { acceptAll } from './organisation';
import { viewOf } from './picture';
import { checkBeliefs } from './receipts';
import { addMarks, isIn, marksOf, same, type Member, type World, note } from './world';

/** Rounds that one loss, one repetition, one wrong order may take. */
const USUAL_ROUNDS = 1;
/** A fork takes some: the branch is decided, asked for, replaced, written again, and passed on. */
const MOST_ROUNDS = 8;

export interface Settled {
  readonly rounds: number;
  /** Changes that every member has in the end. */
  readonly changes: number;
}

/** Throws when something is lost, or two devices differ. */
export async function settle(world: World): Promise<Settled> {
  const hq = world.members[0];
  if (!hq) throw new Error('no headquarters');
  // Of a headquarters that was put back somebody may learn again whom it had revoked.
  const since = active(world);
  const due = new Set(since.flatMap(({ marks }) => [...marks]));
  const most = world.unusual || world.restored ? MOST_ROUNDS : USUAL_ROUNDS;
  // Whose disk was put back counts its files anew, and is told from a file that comes late by its
  // clock: by then somebody has set it right.
  if (world.restored) for (const { machine } of world.members) machine.skew = 0;
  await writesAsMuch(world, hq);
  let rounds = 0;
  do {
    if (rounds >= most)
      throw new Error(`no agreement after ${rounds} rounds\n${differences(world)}`);
    // Now and then nobody has room for attachments at first: then they are asked for.
    await round(world, hq, rounds === 0 && world.marks % 3 === 0 ? { blobs: [] } : {});
    rounds++;
  } while (!agreed(world));
  rounds += await bytesArrive(world, hq, most);
  await tipsAgree(world, hq);
  const members = [...new Set([...since, ...active(world)])];
  const onlyHeld = await checkLog(world, hq.machine, members, due);
  for (const member of active(world)) {
    await checkVector(member.machine);
    checkHeld(member.machine, world.members);
    for (const mark of hq.marks) if (!onlyHeld.has(mark)) member.marks.add(mark);
  }
  if (!world.restored) for (const { machine } of world.members) checkBeliefs(world, machine);
  await checkBytes(world);
  world.unusual = false;
  const have = hq.machine.vault.projection.have();
  return { rounds, changes: Object.values(have).reduce((sum, n) => sum + n, 0) };
}

/**
 * Where a release compares no receipts, a headquarters whose disk was put back learns of what it wrote
 * twice under one number only by what it writes when it has written as much as it had.
 */
async function writesAsMuch(world: World, hq: Member): Promise<void> {
  const compares = ({ machine }: Member): boolean => machine.engine === engine;
  if (!world.restored || world.members.every(compares)) return;
  const { vault } = hq.machine;
  const self = replicaOf(hq.machine);
  const all = world.members.map(({ machine }) => seen(machine.vault.projection.have(), self));
  for (let left = 1 + Math.max(...all) - seen(vault.projection.have(), self); left > 0; left--) {
    const mark = `mark ${++world.marks}`;
    const id = vault.newId();
    must(await vault.commit([{ do: 'create', kind: 'ci', id, fields: { name: mark } }]));
    hq.marks.add(mark);
  }
}

/** Bytes that a file left out are asked for in the next one, and come with the one after. */
async function bytesArrive(world: World, hq: Member, most: number): Promise<number> {
  for (let extra = 0; ; extra++) {
    const lacking = bytesUnderWay(world);
    const agree = agreed(world);
    if (lacking.length === 0 && agree) return extra;
    // A fork may still come to light; nothing else may change when all agree.
    if (!agree && !world.restored) throw new Error(`agreement was lost\n${differences(world)}`);
    if (extra > most) {
      throw new Error(
        `bytes did not come in ${extra} rounds\n${lacking.join('\n')}\n${differences(world)}`,
      );
    }
    note(world, 'bytes asked for', lacking.length);
    await round(world, hq);
  }
}

const active = (world: World): readonly Member[] =>
  world.members.filter((each) => isIn(world, each));

type Room = Partial<Pick<ExportOptions, 'blobs'>>;

/** How many files brought more than a receipt. */
async function round(world: World, hq: Member, room: Room = {}): Promise<number> {
  const sites = active(world).slice(1);
  let brought = 0;
  const pass = async (from: Member, to: Member): Promise<void> => {
    world.clock.now += 60_000;
    const peer = peerAt(from.machine, to.machine);
    const ready = must(await takeIn(to.machine, must(await writeFile(from.machine, peer, room))));
    addMarks(to, ready);
    const { segments, bases } = ready.plan.manifest;
    if (segments.length + bases.length > 0) brought++;
  };
  if (world.members.some((each) => each.copyOf)) {
    // Two machines under one name: headquarters answers whoever wrote last, so each in turn.
    for (const site of sites) {
      await pass(site, hq);
      await acceptAll(hq.machine);
      await pass(hq, site);
    }
    return brought;
  }
  for (const site of sites) await pass(site, hq);
  await acceptAll(hq.machine);
  for (const site of sites) await pass(hq, site);
  return brought;
}

/** When all agree, a few files later nobody sends anything any more: no change is asked for for ever. */
export async function becomesQuiet(world: World): Promise<void> {
  const hq = world.members[0];
  if (!hq) throw new Error('no headquarters');
  for (let rounds = 0; (await round(world, hq)) > 0; rounds++) {
    if (rounds >= MOST_ROUNDS) throw new Error(`files still bring changes\n${differences(world)}`);
  }
  if (!agreed(world)) throw new Error(`agreement was lost\n${differences(world)}`);
}

function agreed(world: World): boolean {
  const [first, ...others] = active(world).map(({ machine }) => viewOf(machine));
  return others.every((view) => view === first);
}

/** Who has what, and the first record in which each differs from headquarters. */
function differences(world: World): string {
  const members = active(world).map(({ machine }) => machine);
  const shown = members.map(recordsOf);
  return members
    .map((machine, i) => {
      const { exchange, projection } = machine.vault;
      const waiting = exchange
        .waiting()
        .map(({ segment: s, reason }) => `${s.replica} ${s.from}-${s.to} ${reason}`);
      const other = [...(shown[0] ?? [])].find(([id, text]) => shown[i]?.get(id) !== text);
      const record = other ? `\n  ${other[1]}\n  ${shown[i]?.get(other[0]) ?? 'not there'}` : '';
      const have = JSON.stringify(projection.have());
      return `${machine.name} ${replicaOf(machine)}: ${have} inbox ${waiting.join(', ')}${record}`;
    })
    .join('\n');
}

const recordsOf = ({ vault: { projection } }: Machine): ReadonlyMap<string, string> =>
  new Map(
    [...projection.all()].map(({ id, kind, values, heads }) => [
      id,
      JSON.stringify([id, kind, values, heads]),
    ]),
  );

/**
 * Nothing is lost: what anybody had is in the log that all share, or held somewhere to be seen. What
 * headquarters only holds others may not have at all, and its disk may be put back once more.
 */
async function checkLog(
  world: World,
  hq: Machine,
  members: readonly Member[],
  due: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const { projection } = hq.vault;
  const dots = [...projection.all()].flatMap((record) => record.dots);
  const changes = await hq.vault.changes(dots);
  const isWhole = await isAllRead(world, hq, changes);
  const logged = new Set(changes.flatMap(marksOf));
  const held = (await Promise.all(members.map(({ machine }) => heldMarks(machine)))).flat();
  const there = new Set([...logged, ...held]);
  const onlyHeld = new Set((await heldMarks(hq)).filter((mark) => !logged.has(mark)));
  const lacking = [...due].filter((mark) => !there.has(mark) && !isForgotten(world, mark, changes));
  if (lacking.length > 0) {
    const elsewhere = world.restored ? await marksIn(members) : new Set<string>();
    const lost = lacking.filter((mark) => !elsewhere.has(mark));
    if (lost.length > 0) throw new Error(`lost: ${lost.join(', ')}`);
  }
  if (!isWhole) return onlyHeld;
  const heads = headsFrom(changes);
  checkHeads(hq, heads);
  checkDeletions(world, hq, heads);
  checkOverwrites(world, changes, heads);
  checkReplay(hq, changes);
  return onlyHeld;
}

async function heldMarks({ vault }: Machine): Promise<readonly string[]> {
  const out: string[] = [];
  for (const { segment } of vault.exchange.waiting()) {
    const held = must(await decodeSegment(segment.bytes, webCodec));
    out.push(...held.changes.flatMap(marksOf));
  }
  return out;
}

/**
 * What came back as state is shown, and was written once by somebody who may have it still; what has been
 * overwritten since, and was on a disk that is gone, is in the logs of those who had it.
 */
async function marksIn(members: readonly Member[]): Promise<ReadonlySet<string>> {
  const out = new Set<string>();
  const read = new Set<string>();
  for (const { machine } of members) {
    for (const { sha256, bytes } of await machine.vault.exchange.segmentsSince({})) {
      if (read.has(sha256)) continue;
      read.add(sha256);
      const { changes } = must(await decodeSegment(bytes, webCodec));
      for (const mark of changes.flatMap(marksOf)) out.add(mark);
    }
    for (const [mark] of viewOf(machine).matchAll(/mark \d+/g)) out.add(mark);
  }
  return out;
}

/**
 * The log of headquarters is whole, but for what it had compacted before its disk was put back: that comes
 * from the laptops as state, and its text was on the disk that is gone.
 */
async function isAllRead(
  world: World,
  { vault: { exchange, projection } }: Machine,
  changes: readonly Change[],
): Promise<boolean> {
  const { compacted } = await exchange.here();
  const read = new Set(changes.map(dotOf));
  let unread = 0;
  for (const [r, to] of Object.entries(projection.have())) {
    for (let s = 1; s <= to; s++) {
      if (read.has(`${r}:${s}`)) continue;
      if (!world.restored || !covers(compacted, r, s)) throw new Error(`the log lacks ${r}:${s}`);
      unread++;
    }
  }
  if (unread > 0) note(world, 'changes that came back as state', unread);
  return unread === 0;
}

/** The projection that grew file by file equals one made at once, author by author (I14). */
function checkReplay(hq: Machine, changes: readonly Change[]): void {
  const projection = createProjection(kindOf);
  const ordered = changes.toSorted((a, b) => (a.r < b.r ? -1 : a.r > b.r ? 1 : a.s - b.s));
  projection.apply(ordered, hq.clock.now);
  const again = { ...hq, vault: { ...hq.vault, projection } };
  same(viewOf(hq), viewOf(again), 'a projection made anew differs (I14)');
}

/** `have` is exactly what is here without a hole (I7). */
async function checkVector({ name, vault: { projection, exchange } }: Machine): Promise<void> {
  const { compacted } = await exchange.here();
  const count: Record<string, number> = {};
  const top: Record<string, number> = {};
  for (const record of projection.all()) {
    for (const dot of record.dots) {
      const { r, s } = parseDot(dot);
      count[r] = (count[r] ?? 0) + 1;
      top[r] = Math.max(top[r] ?? 0, s);
    }
  }
  for (const [replica, sequence] of Object.entries(projection.have())) {
    // Of what was compacted the dead changes are forgotten.
    const fewest = sequence - Math.min(sequence, seen(compacted, replica));
    const counted = count[replica] ?? 0;
    const last = top[replica] ?? 0;
    if (counted > sequence || counted < fewest || last > sequence || (fewest && last < sequence)) {
      throw new Error(
        `${name} says it has ${sequence} of ${replica}, and has ${count[replica]} (I7)`,
      );
    }
  }
}

/**
 * When all agree, nobody takes anybody for having another branch. What says the same in other bytes is
 * known by both hashes to somebody: whoever meets the other compares once. Where a disk was put back all may
 * show the same before it is decided which branch, or which packing, stays.
 */
async function tipsAgree(world: World, hq: Member): Promise<void> {
  for (let rounds = 0; ; rounds++) {
    const other = await otherTip(world);
    if (!other && agreed(world)) return;
    if (!world.restored || rounds >= MOST_ROUNDS) {
      throw new Error(`nobody agrees on what ${other} ends with\n${differences(world)}`);
    }
    await round(world, hq);
  }
}

/** On whose end somebody differs, as far as nobody knows both to say the same. */
async function otherTip(world: World): Promise<string | undefined> {
  const all = await Promise.all(active(world).map(({ machine }) => machine.vault.exchange.here()));
  for (const { tips } of all) {
    for (const [replica, { to, sha256 }] of Object.entries(tips)) {
      const isOther = (one: Anchor | undefined): boolean =>
        one?.to === to && one.sha256 !== sha256 && !known(replica, to, [one.sha256, sha256]);
      if (all.some((one) => isOther(one.tips[replica]))) return `${replica} ${to}`;
    }
  }
  return undefined;
  function known(replica: string, to: number, both: readonly string[]): boolean {
    return all.some(({ ends }) => both.every((hash) => ends.at(replica, to).includes(hash)));
  }
}

/**
 * When all have exchanged, nothing waits for a file that will never come; but for what somebody holds as a
 * second branch, when a file of a branch that gave way is read afterwards.
 */
function checkHeld({ name, vault }: Machine, members: readonly Member[]): void {
  const second = new Set(
    members
      .flatMap(({ machine }) => machine.vault.exchange.waiting())
      .filter(({ reason }) => reason !== 'gap')
      .map(({ segment }) => segment.sha256),
  );
  const left = vault.exchange
    .waiting()
    .filter(({ reason, segment }) => reason === 'gap' && !second.has(segment.sha256));
  if (left.length > 0) throw new Error(`${name} still waits behind a gap (I7)`);
}
