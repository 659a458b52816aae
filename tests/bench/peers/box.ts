/** Where documents that live in memory keep their bytes: one IndexedDB store, strictly durable. */
import { getAll, openRaw, putAt } from '../rawDb';

export interface Box {
  /** In the order they were put. */
  readonly kept: readonly Uint8Array[];
  put(bytes: Uint8Array): Promise<void>;
  close(): void;
}

export async function openBox(name: string): Promise<Box> {
  const db = await openRaw(name);
  const kept = (await getAll(db)) as Uint8Array[];
  let next = kept.length;
  return {
    kept,
    put: (bytes) => putAt(db, next++, bytes),
    close: () => db.close(),
  };
}
