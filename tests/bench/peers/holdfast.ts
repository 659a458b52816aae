/** This program, through the doors that its own screens use: every record and relation is a change. */
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { exportPackage, type SealChoice } from '../../../renderer/exchange/exportFile';
import type { Peer } from '../../../renderer/store/exchangeStore';
import type { Vault } from '../../../renderer/store/vault';
import { kinds } from '../../../shared/kinds/registry';
import type { Edit } from '../../../shared/log/changeset';
import type { Vector } from '../../../shared/log/vector';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { deleteDb } from '../rawDb';
import { must, open } from '../vaults';
import { lengthOf, type Store, type Subject } from './subject';

const PASSPHRASE = 'quay anchor lantern';
/** The work of a real passphrase is a constant second, on purpose; it would only hide the rest. */
const WORK_FACTOR = 8;
const PER_COMMIT = 5000;

/** Whoever has what `have` says; everybody else gets everything. */
const peerWith = (have: Vector): Peer => ({
  replica: 'bench0-1',
  name: 'Bench',
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

const storeOf = (vault: Vault, seal: SealChoice): Store => ({
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
  packSince: (mark) => packFor(vault, peerWith(mark as Vector), seal),
  async receive(parcel) {
    const file = { name: 'bench.holdfast', bytes: parcel as Uint8Array };
    const ready = must(await readPackage(vault, { file, passphrase: PASSPHRASE }));
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

const subjectOf = (name: string, seal: SealChoice): Subject => ({
  name,
  drop: deleteDb,
  async open(db) {
    const vault = await open(db);
    const device = { name: 'Bench', role: 'hq', siteCode: 'HQ', person: 'Bench Person' } as const;
    if (!vault.device()) must(await vault.setUp(device));
    return storeOf(vault, seal);
  },
});

export const holdfast = subjectOf('Holdfast, encrypted', {
  kind: 'passphrase',
  passphrase: PASSPHRASE,
  workFactor: WORK_FACTOR,
});
export const holdfastClear = subjectOf('Holdfast, signed only', { kind: 'clear' });
