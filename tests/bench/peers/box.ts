/** Where documents that live in memory keep their bytes: one IndexedDB store, strictly durable. */
import { getAll, openRaw, putAt } from '../rawDb';

/** What is written when a document has changed: the update, behind the ones before, or all of it anew. */
export type Keeping = 'updates' | 'document';

export interface Box {
  /** In the order they were put. */
  readonly kept: readonly Uint8Array[];
  put(update: Uint8Array, document?: () => Uint8Array): Promise<void>;
  close(): void;
}

export async function openBox(name: string, keeping: Keeping = 'updates'): Promise<Box> {
  const db = await openRaw(name);
  const kept = (await getAll(db)) as Uint8Array[];
  let next = kept.length;
  return {
    kept,
    put: (update, document = () => update) =>
      keeping === 'document' ? putAt(db, 0, document()) : putAt(db, next++, update),
    close: () => db.close(),
  };
}

export const nameOf = (library: string, keeping: Keeping): string =>
  keeping === 'document' ? `${library}, document saved` : library;
