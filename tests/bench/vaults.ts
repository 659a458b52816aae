/** Real vaults on real IndexedDB, filled through the one write door. */
import type { RecordId } from '../../shared/log/change';
import type { Edit } from '../../shared/log/changeset';
import { ok, type Result } from '../../shared/result';
import { createDb } from '../../renderer/store/db';
import { openVault } from '../../renderer/store/openVault';
import type { Vault } from '../../renderer/store/vault';
import { edits } from './data';
import { deleteDb, openRaw, putAll } from './rawDb';

const host = { exported: async () => 0, keepExported: async () => ok(null) };
const PER_COMMIT = 5000;

export const vaultName = (n: number): string => `bench-vault-${n}`;
export const rawName = (n: number): string => `bench-raw-${n}`;

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export const open = async (name: string): Promise<Vault> => must(await openVault({ name, host }));

export async function fresh(name: string): Promise<Vault> {
  await deleteDb(name);
  const vault = await open(name);
  must(await vault.setUp({ name: 'Bench', role: 'hq', siteCode: 'HQ', person: 'Bench Person' }));
  return vault;
}

/** A vault with n records and n relations, closed so that everything is sealed and checkpointed. */
export async function fill(n: number): Promise<number> {
  const vault = await fresh(vaultName(n));
  let batch: Edit[] = [];
  for (const edit of edits(n, n)) {
    batch.push(edit);
    if (batch.length < PER_COMMIT) continue;
    must(await vault.commit(batch));
    batch = [];
  }
  if (batch.length) must(await vault.commit(batch));
  await vault.close();
  return copyChunks(n);
}

/** The bytes that a start reads, in a database of their own for the peer. */
async function copyChunks(n: number): Promise<number> {
  const db = createDb(vaultName(n));
  const rows = await db.chunks.toArray();
  db.close();
  await deleteDb(rawName(n));
  const raw = await openRaw(rawName(n));
  await putAll(
    raw,
    rows.map((row) => row.text),
  );
  raw.close();
  return rows.reduce((sum, row) => sum + row.text.length, 0);
}

export async function drop(n: number): Promise<void> {
  await deleteDb(vaultName(n));
  await deleteDb(rawName(n));
}

let made = 0;
export const newId = (): RecordId => `b${(made++).toString(36).padStart(15, '0')}`;
