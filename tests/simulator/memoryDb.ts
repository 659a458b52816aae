/** An IndexedDB in memory for Node. Imported before anything that brings Dexie in. */
import 'fake-indexeddb/auto';

export const memoryDb: IDBFactory = globalThis.indexedDB;
