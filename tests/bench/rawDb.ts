/** IndexedDB without any library: what the storage figures are held against. */

const done = (request: IDBRequest | IDBOpenDBRequest): Promise<void> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error('indexedDB')));
  });

const STORE = 'rows';

export async function openRaw(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
  await done(request);
  return request.result;
}

export async function deleteDb(name: string): Promise<void> {
  await done(indexedDB.deleteDatabase(name));
}

/** One transaction, durable when it resolves. */
export function putAll(db: IDBDatabase, values: Iterable<unknown>): Promise<void> {
  let key = 0;
  return write(db, (store) => {
    for (const value of values) store.put(value, key++);
  });
}

export const putAt = (db: IDBDatabase, key: number, value: unknown): Promise<void> =>
  write(db, (store) => store.put(value, key));

function write(db: IDBDatabase, work: (store: IDBObjectStore) => void): Promise<void> {
  const transaction = db.transaction(STORE, 'readwrite', { durability: 'strict' });
  work(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('transaction aborted')),
    );
  });
}

export async function getAll(db: IDBDatabase): Promise<readonly unknown[]> {
  const request = db.transaction(STORE, 'readonly').objectStore(STORE).getAll();
  await done(request);
  return request.result as readonly unknown[];
}
