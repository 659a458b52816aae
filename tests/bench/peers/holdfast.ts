/**
 * This program, through the doors that its own screens use: every record and relation is a change.
 * The source is an organisation's headquarters and the target a laptop that it enrolled, so that
 * files carry a roster and every signature in them is checked.
 */
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { exportPackage, type SealChoice } from '../../../renderer/exchange/exportFile';
import type { Peer } from '../../../renderer/store/exchangeStore';
import { createDb, type KeyRow, type MetaRow } from '../../../renderer/store/db';
import type { DeviceInfo, Vault } from '../../../renderer/store/vault';
import { kinds } from '../../../shared/kinds/registry';
import type { Edit } from '../../../shared/log/changeset';
import type { Vector } from '../../../shared/log/vector';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { deviceOf } from '../../../shared/trust/device';
import { deleteDb } from '../rawDb';
import { must, open } from '../vaults';
import { lengthOf, type Store, type Subject } from './subject';

const PER_COMMIT = 5000;

const LAPTOP = 'peer-laptop';

interface Laptop {
  readonly replica: string;
  readonly rows: { readonly meta: MetaRow; readonly keys: KeyRow };
}

/** One device, whose keys all targets share: its database holds nothing else. */
async function laptopOf(): Promise<Laptop> {
  const vault = await open(LAPTOP);
  const device = { name: 'Laptop', role: 'site', siteCode: 'HB', person: 'Bench Person' } as const;
  if (!vault.device()) must(await vault.setUp(device));
  await vault.close();
  const db = createDb(LAPTOP);
  const meta = await db.meta.get('device');
  const keys = await db.keys.get('device');
  db.close();
  if (!meta || !keys) throw new Error('the laptop is set up');
  return { replica: (meta.value as DeviceInfo).replica, rows: { meta, keys } };
}

async function becomeLaptop(name: string, { rows }: Laptop): Promise<void> {
  const db = createDb(name);
  await db.meta.put(rows.meta);
  await db.keys.put(rows.keys);
  db.close();
}

async function becomeHeadquarters(vault: Vault, { replica }: Laptop): Promise<void> {
  const device = { name: 'Bench', role: 'hq', siteCode: 'HQ', person: 'Bench Person' } as const;
  must(await vault.setUp(device));
  must(await vault.trust.createOrganisation({ name: 'Bench', accepted: {} }));
  const member = await open(LAPTOP);
  const keys = member.trust.keys();
  await member.close();
  if (!keys) throw new Error('the laptop has keys');
  const grant = {
    name: 'Laptop',
    holder: 'Bench Person',
    site: 'HB',
    role: 'coordinator',
    kinds: null,
    until: null,
  } as const;
  must(await vault.trust.enrol(deviceOf(replica), keys, grant));
}

/** Whoever has what `have` says. */
const peerWith = (replica: string, have: Vector): Peer => ({
  replica,
  name: 'Laptop',
  role: 'site',
  have,
  sent: {},
  lastIn: undefined,
  lastOut: undefined,
});

async function commitAll(vault: Vault, edits: readonly Edit[]): Promise<void> {
  for (let at = 0; at < edits.length; at += PER_COMMIT) {
    must(await vault.commit(edits.slice(at, at + PER_COMMIT)));
  }
}

async function packFor(vault: Vault, peer: Peer | undefined, seal: SealChoice) {
  let file = new Uint8Array();
  const host = {
    keepExported: async () => ok(null),
    async saveFile({ name, bytes }: { readonly name: string; readonly bytes: Bytes }) {
      file = (bytes as Uint8Array).slice();
      return ok({ name });
    },
  };
  const content = peer ? 'changes' : 'snapshot';
  must(await exportPackage(vault, host, { peer, content, seal, filterName: 'Holdfast' }));
  return file;
}

const storeOf = (vault: Vault, { replica }: Laptop, seal: SealChoice): Store => ({
  add: (docs) =>
    commitAll(vault, [
      ...docs.map(({ id, kind, fields }): Edit => ({ do: 'create', id, kind, fields })),
      ...docs.flatMap(({ id, relations }) =>
        relations.map((tie): Edit => ({ do: 'link', from: id, ...tie })),
      ),
    ]),
  edit: (changed) =>
    commitAll(
      vault,
      changed.map(({ id, ...fields }): Edit => ({ do: 'set', id, fields })),
    ),
  pack: () => packFor(vault, undefined, seal),
  mark: async () => ({ ...vault.projection.have() }),
  packSince: (mark) => packFor(vault, peerWith(replica, mark as Vector), seal),
  async receive(parcel) {
    const file = { name: 'bench.holdfast', bytes: parcel as Uint8Array };
    const ready = must(await readPackage(vault, { file }));
    must(await applyPackage(vault, ready));
  },
  async read(ids) {
    const { projection } = vault;
    if (ids) return ids.reduce((sum, id) => sum + lengthOf(projection.get(id)?.values.name), 0);
    let sum = 0;
    for (const { name } of kinds) {
      if (name === 'device') continue;
      for (const { values } of projection.records(name)) {
        sum += name === 'link' ? Number(Boolean(values.to)) : lengthOf(values.name);
      }
    }
    return sum;
  },
  close: () => vault.close(),
});

const subjectOf = (name: string, sealFor: (laptop: Laptop) => SealChoice): Subject => ({
  name,
  drop: deleteDb,
  async open(db, part) {
    const laptop = await laptopOf();
    if (part === 'target') await becomeLaptop(db, laptop);
    const vault = await open(db);
    if (!vault.device()) await becomeHeadquarters(vault, laptop);
    return storeOf(vault, laptop, sealFor(laptop));
  },
});

export const holdfast = subjectOf('Holdfast, encrypted', ({ replica }) => ({
  kind: 'recipients',
  devices: [deviceOf(replica)],
}));
export const holdfastClear = subjectOf('Holdfast, signed only', () => ({ kind: 'clear' }));
