/**
 * A disk that fills up, or a power cut, in the middle of a transaction: after so many rows the
 * database takes no more, and the transaction is undone as a real one would be.
 */
import { IDBObjectStore as MemoryStore } from 'fake-indexeddb';

type Put = (this: IDBObjectStore, ...args: Parameters<IDBObjectStore['put']>) => IDBRequest;

const store = MemoryStore.prototype as unknown as { put: Put; add: Put };
const { put, add } = store;
let left = Number.POSITIVE_INFINITY;
let hits = 0;

const counted = (real: Put): Put =>
  function write(this: IDBObjectStore, ...args) {
    if (left <= 0) {
      hits++;
      throw new DOMException('the disk is full', 'QuotaExceededError');
    }
    left--;
    return real.apply(this, args);
  };

store.put = counted(put);
store.add = counted(add);

/** Runs the task on a disk that takes `rows` more rows; says whether it came to that. */
export async function withRowsLeft<T>(
  rows: number,
  task: () => Promise<T>,
): Promise<{ readonly value: T; readonly full: boolean }> {
  left = rows;
  hits = 0;
  try {
    const value = await task();
    return { value, full: hits > 0 };
  } finally {
    left = Number.POSITIVE_INFINITY;
  }
}
