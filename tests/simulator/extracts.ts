/** Extracts for outsiders: read by somebody without a device, and by members, who must not merge them. */
import { engine } from '../../renderer/exchange/engine';
import { exportExtract, openExtract, readExtract } from '../../renderer/exchange/extractFile';
import type { Scope } from '../../shared/exchange/manifest';
import { LINK, linkEnds, sameValue } from '../../shared/log/change';
import type { Bytes } from '../../shared/largeBytes';
import { ok, type Result } from '../../shared/result';
import { checkBlob } from './attachedBytes';
import { createMachine, dispose, kill, must, takeIn, writeFile, type Machine } from './machine';
import { pictureOf, viewOf } from './picture';
import type { Step } from './script';
import { at, RECORDS, same, type Member, type World, note } from './world';

const PASSPHRASE = 'seven lamps over the harbour';
/** The cheapest that the format knows: what is guarded here is not the secret. */
const SEAL = { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 1 } as const;

const SCOPES: readonly Scope[] = [
  { kinds: null, sites: null, withoutPrivate: false },
  { kinds: ['ci'], sites: null, withoutPrivate: true },
  { kinds: ['site'], sites: null, withoutPrivate: true },
  { kinds: null, sites: [RECORDS[2]], withoutPrivate: true },
];

export async function handOutExtract(world: World, step: Step): Promise<boolean> {
  const { n } = step;
  const author = at(world, step.who);
  const scope = SCOPES[n % SCOPES.length] ?? SCOPES[0];
  if (!scope) return false;
  const view = viewOf(author.machine);
  const budget = n % 3 ? 1_000_000 : 0;
  const bytes = await extractOf(author.machine, scope, budget);
  same(view, viewOf(author.machine), 'writing an extract has changed what is shown');
  const file = { name: 'x.holdfast', bytes };
  const wrong = await readExtract({ file, passphrase: `${PASSPHRASE}!`, engine });
  mustRefuse(wrong, 'exchange.passphrase', 'an extract opened with another passphrase');
  await refusedBy(at(world, step.to), bytes);
  if (n % 2) await openedOutside(world, author, scope, budget, bytes);
  return true;
}

async function extractOf(from: Machine, scope: Scope, budget: number): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array();
  const saveFile = (file: { readonly name: string; readonly bytes: Bytes }) => {
    bytes = file.bytes as Uint8Array;
    return Promise.resolve(ok({ name: file.name }));
  };
  const now = () => Math.max(0, from.clock.now + from.skew);
  const options = { scope, passphrase: SEAL, budget, filterName: 'Holdfast', engine, now };
  must(await exportExtract(from.vault, { saveFile }, options));
  return bytes;
}

const read = (bytes: Uint8Array) =>
  readExtract({ file: { name: 'x.holdfast', bytes }, passphrase: PASSPHRASE, engine });

/** A device with records of its own takes nothing of it, by either door. */
async function refusedBy({ machine }: Member, bytes: Uint8Array): Promise<void> {
  const before = pictureOf(machine);
  const taken = await takeIn(machine, bytes, PASSPHRASE);
  mustRefuse(taken, 'exchange.extractHere', 'a member has merged an extract');
  const opened = await openExtract(machine.vault, must(await read(bytes)));
  mustRefuse(opened, 'exchange.extractHere', 'a member has opened an extract over its records');
  same(before, pictureOf(machine), 'a refused extract has left something behind (I12)');
}

async function openedOutside(
  world: World,
  author: Member,
  scope: Scope,
  budget: number,
  bytes: Uint8Array,
): Promise<void> {
  const outsider = await createMachine('outsider', world.clock);
  try {
    must(await openExtract(outsider.vault, must(await read(bytes))));
    const view = viewOf(outsider);
    await checkShown(outsider, author.machine, scope, budget);
    await cannotWrite(outsider);
    await cannotMerge(outsider, world.sticks.at(-1)?.bytes, bytes);
    same(view, viewOf(outsider), 'an outsider has changed an extract');
    await kill(outsider);
    same(view, viewOf(outsider), 'an extract is gone after a power cut (I13)');
    await cannotWrite(outsider);
  } finally {
    await dispose(outsider);
  }
  note(world, 'extracts read outside');
}

/** What the author shows within the scope, and nothing that it does not show. */
async function checkShown(outsider: Machine, author: Machine, scope: Scope, budget: number) {
  const there = author.vault.projection;
  const here = outsider.vault.projection;
  const shown = new Set([...here.all()].map(({ id }) => id));
  for (const { id, kind, values } of here.all()) {
    const original = there.visible(id);
    if (!original) throw new Error(`an extract shows ${id}, which its author does not`);
    for (const [field, value] of Object.entries(values)) {
      if (sameValue(value, original.values[field])) continue;
      throw new Error(`an extract shows another ${field} of ${id}`);
    }
    const { from, to } = linkEnds(id);
    const within = kind === LINK ? shown.has(from) && shown.has(to) : allowed(scope, kind);
    if (!within) throw new Error(`an extract shows ${kind} ${id}, which it was not to`);
  }
  for (const kind of ['ci', 'site']) {
    if (scope.sites || !allowed(scope, kind)) continue;
    const left = there
      .records(kind)
      .find(({ id, values }) => here.get(id)?.values.name !== values.name);
    if (left) throw new Error(`an extract leaves ${left.id} out`);
  }
  const { blobs } = outsider.vault;
  if (budget === 0 && blobs.hashes().size > 0) throw new Error('an extract has bytes nobody chose');
  for (const { values } of here.records('attachment')) {
    if (typeof values.sha256 === 'string') await checkBlob(outsider, values.sha256);
  }
  for (const sha256 of blobs.hashes()) await checkBlob(outsider, sha256);
}

/** Attachments come with the records they are on. */
const allowed = ({ kinds }: Scope, kind: string): boolean =>
  kinds === null || kind === 'attachment' || kinds.includes(kind);

async function cannotWrite(outsider: Machine): Promise<void> {
  const { vault } = outsider;
  const id = [...vault.projection.all()][0]?.id;
  const fields = { name: 'changed outside' };
  for (const edit of [
    { do: 'create', kind: 'ci', id: vault.newId(), fields } as const,
    ...(id
      ? ([
          { do: 'set', id, fields },
          { do: 'delete', id },
        ] as const)
      : []),
  ]) {
    mustRefuse(await vault.commit([edit]), 'commit.outsider', 'an outsider has written');
  }
  mustRefuse(await writeFile(outsider, undefined), 'commit.outsider', 'an outsider sent a file');
  if (!vault.device()?.outsider) throw new Error('whoever opened an extract is no outsider');
}

/** Neither a file of the organisation nor the extract itself becomes a log here. */
async function cannotMerge(
  outsider: Machine,
  stick: Uint8Array | undefined,
  extract: Uint8Array,
): Promise<void> {
  const before = pictureOf(outsider);
  for (const bytes of [extract, ...(stick ? [stick] : [])]) {
    const taken = await takeIn(outsider, bytes, PASSPHRASE);
    if (taken.ok) throw new Error('an outsider has merged a file');
  }
  same(before, pictureOf(outsider), 'a file that an outsider may not read left something behind');
}

function mustRefuse(result: Result<unknown>, code: string, what: string): void {
  if (result.ok) throw new Error(what);
  if (result.refusal.code !== code) throw new Error(`refused with ${result.refusal.code}: ${what}`);
}
