/** PouchDB with its newer adapter: as a file of documents with revisions, and by replication. */
import indexeddb from 'pouchdb-adapter-indexeddb';
import PouchDB, { type PouchDoc } from 'pouchdb-browser';
import { lengthOf, type Doc, type Parcel, type Store, type Subject } from './subject';

PouchDB.plugin(indexeddb);

const ADAPTER = { adapter: 'indexeddb', auto_compaction: false };
/** The default of 100 is for networks. */
const REPLICATION = { batch_size: 1000 };

const asPouch = ({ id, kind, fields, relations }: Doc): PouchDoc => ({
  _id: id,
  kind,
  relations,
  ...fields,
});

const blobOf = (docs: readonly (PouchDoc | undefined)[]): Blob => new Blob([JSON.stringify(docs)]);

function storeOf(db: PouchDB): Store {
  const docsOf = async (options: Readonly<Record<string, unknown>>) =>
    (await db.allDocs({ include_docs: true, ...options })).rows.map((row) => row.doc);
  return {
    async add(docs) {
      await db.bulkDocs(docs.map(asPouch));
    },
    async edit(changed) {
      const docs = await docsOf({ keys: changed.map(({ id }) => id) });
      await db.bulkDocs(
        docs.flatMap((doc, i) => (doc ? [{ ...doc, ...changed[i], id: undefined }] : [])),
      );
    },
    // Revisions come along, so that loading makes the same documents and not new ones.
    pack: async () => blobOf(await docsOf({})),
    mark: async () => (await db.info()).update_seq,
    async packSince(mark) {
      const { results } = await db.changes({ since: mark, include_docs: true });
      return blobOf(results.map((row) => row.doc));
    },
    async receive(parcel) {
      const docs = JSON.parse(await (parcel as Blob).text()) as readonly PouchDoc[];
      await db.bulkDocs(docs, { new_edits: false });
    },
    async read(ids) {
      let sum = 0;
      for (const doc of await docsOf(ids ? { keys: ids } : {})) {
        sum +=
          lengthOf(doc?.name) + (ids ? 0 : ((doc?.relations ?? []) as readonly unknown[]).length);
      }
      return sum;
    },
    close: () => db.close(),
  };
}

const drop = async (name: string) => {
  await new PouchDB(name, ADAPTER).destroy();
};

export const pouchFile: Subject = {
  name: 'PouchDB dump and load',
  drop,
  open: async (name) => storeOf(new PouchDB(name, ADAPTER)),
};

export const pouchReplication: Subject = {
  name: 'PouchDB replication',
  live: true,
  drop,
  async open(name) {
    const db = new PouchDB(name, ADAPTER);
    const source = async (): Promise<Parcel> => db;
    return {
      ...storeOf(db),
      pack: source,
      packSince: source,
      async receive(parcel) {
        await db.replicate.from(parcel as PouchDB, REPLICATION);
      },
    };
  },
};
