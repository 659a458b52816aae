/**
 * One durable transaction that only writes, in as few turns of the event loop as IndexedDB allows:
 * requests are not waited for one by one, and the end is said instead of waited for. The one place
 * beside Dexie, because a person waits for every commit and every file.
 */
import type { VaultDb } from './db';

export type AtOnceTable = 'tail' | 'meta' | 'inbox' | 'segments' | 'blobs' | 'peers' | 'exchanges';

/** Resolves when everything is on disk; rejects, with nothing written, when any of it failed. */
export async function writeAtOnce(
  db: VaultDb,
  tables: readonly AtOnceTable[],
  write: (store: (table: AtOnceTable) => IDBObjectStore) => void,
): Promise<void> {
  // Dexie's own error when the vault was closed meanwhile.
  if (!db.isOpen()) throw Object.assign(new Error('closed'), { name: 'DatabaseClosedError' });
  const transaction = db.backendDB().transaction(tables, 'readwrite', { durability: 'strict' });
  try {
    write((table) => transaction.objectStore(table));
  } catch (error) {
    transaction.abort();
    throw error;
  }
  transaction.commit();
  await new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('transaction aborted')),
    );
  });
}
