/** This program: every record and relation a change, sealed into segments, read as an import is. */
import { composeManifest } from '../../../shared/exchange/compose';
import { packArchive } from '../../../shared/exchange/pack';
import type { OpenedFile } from '../../../shared/exchange/trust';
import { verifyFile } from '../../../shared/exchange/verify';
import { kinds } from '../../../shared/kinds/registry';
import type { Vector } from '../../../shared/log/vector';
import { ok } from '../../../shared/result';
import type { Engine } from '../../../renderer/exchange/engine';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { webCodec } from '../../../renderer/exchange/webCodec';
import { workerEngine } from '../../../renderer/exchange/workerEngine';
import type { Vault } from '../../../renderer/store/vault';
import { deleteDb } from '../rawDb';
import { must, open } from '../vaults';
import type { Edit } from '../../../shared/log/changeset';
import type { Store, Subject } from './subject';

const PASSPHRASE = 'quay anchor lantern';
/** The work of a real passphrase is a constant second, on purpose; it would only hide the rest. */
const WORK_FACTOR = 8;
const PER_COMMIT = 5000;

/** Everything but the encryption. */
const clearEngine: Engine = {
  pack: ({ manifest, segments }) => packArchive(manifest, segments, webCodec, () => undefined),
  async unpack({ bytes }) {
    const file = await verifyFile(bytes as OpenedFile, webCodec);
    return file.ok ? ok({ file: file.value, inbox: [] }) : file;
  },
};

async function commitAll(vault: Vault, edits: Iterable<Edit>): Promise<void> {
  let batch: Edit[] = [];
  for (const edit of edits) {
    batch.push(edit);
    if (batch.length < PER_COMMIT) continue;
    must(await vault.commit(batch));
    batch = [];
  }
  if (batch.length) must(await vault.commit(batch));
}

function storeOf(vault: Vault, engine: Engine): Store {
  async function packFrom(base: Vector): Promise<Uint8Array> {
    const device = vault.device();
    if (!device) throw new Error('the vault is set up');
    must(await vault.exchange.seal());
    const segments = await vault.exchange.segmentsSince(base);
    const manifest = composeManifest({
      id: crypto.randomUUID(),
      createdAt: 1_767_225_600_000,
      organisation: 'Bench',
      from: { replica: device.replica, name: device.name, role: device.role },
      to: null,
      snapshot: Object.keys(base).length === 0,
      lastOut: undefined,
      base,
      have: vault.projection.have(),
      segments,
      kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind.version])),
    });
    const request = { manifest, segments, passphrase: PASSPHRASE, workFactor: WORK_FACTOR };
    return must(await engine.pack(request, () => undefined));
  }
  return {
    add: (docs) =>
      commitAll(
        vault,
        docs
          .map(({ id, kind, fields }): Edit => ({ do: 'create', id, kind, fields }))
          .concat(
            docs.flatMap(({ id, relations }) =>
              relations.map((tie): Edit => ({ do: 'link', from: id, ...tie })),
            ),
          ),
      ),
    edit: (changed) =>
      commitAll(
        vault,
        changed.map(({ id, ...fields }): Edit => ({ do: 'set', id, fields })),
      ),
    pack: () => packFrom({}),
    mark: async () => ({ ...vault.projection.have() }),
    packSince: (mark) => packFrom(mark as Vector),
    async receive(parcel) {
      const file = { name: 'bench.holdfast', bytes: parcel as Uint8Array };
      const ready = must(await readPackage(vault, { file, passphrase: PASSPHRASE, engine }));
      must(await applyPackage(vault, ready));
    },
    async read(ids) {
      let sum = 0;
      if (ids) {
        for (const id of ids) sum += String(vault.projection.get(id)?.values.name).length;
        return sum;
      }
      for (const { name } of kinds) {
        if (name === 'device') continue;
        for (const { values } of vault.projection.records(name)) {
          sum += name === 'link' ? Number(Boolean(values.to)) : String(values.name).length;
        }
      }
      return sum;
    },
    close: () => vault.close(),
  };
}

const subjectOf = (name: string, engine: Engine): Subject => ({
  name,
  drop: deleteDb,
  async open(db) {
    const vault = await open(db);
    if (!vault.device()) {
      must(
        await vault.setUp({ name: 'Bench', role: 'hq', siteCode: 'HQ', person: 'Bench Person' }),
      );
    }
    return storeOf(vault, engine);
  },
});

export const holdfast = subjectOf('Holdfast, sealed', workerEngine);
export const holdfastClear = subjectOf('Holdfast, not encrypted', clearEngine);
