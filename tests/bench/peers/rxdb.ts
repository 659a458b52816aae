/** RxDB on its Dexie storage: its JSON dump, and bulkUpsert for what has changed. */
import { addRxPlugin, createRxDatabase, removeRxDatabase, type RxCollection } from 'rxdb';
import { RxDBJsonDumpPlugin } from 'rxdb/plugins/json-dump';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import type { Fields } from '../../../shared/log/change';
import { lengthOf, type Doc, type Relation, type Subject } from './subject';

addRxPlugin(RxDBJsonDumpPlugin);

interface RxDoc {
  id: string;
  kind: string;
  fields: Fields;
  relations: Relation[];
}
type Records = RxCollection<RxDoc>;
type Dump = Parameters<Records['importJSON']>[0];
interface Delta {
  readonly changed: RxDoc[];
}

const storage = () => getRxStorageDexie({ chromeTransactionDurability: 'strict' });

const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    kind: { type: 'string' },
    fields: { type: 'object', additionalProperties: true },
    relations: { type: 'array', items: { type: 'object' } },
  },
  required: ['id', 'kind', 'fields', 'relations'],
} as const;

const asRx = ({ id, kind, fields, relations }: Doc): RxDoc => ({
  id,
  kind,
  fields,
  relations: [...relations],
});

export const rxdb: Subject = {
  name: 'RxDB',
  async drop(name) {
    await removeRxDatabase(name, storage());
  },
  async open(name) {
    const db = await createRxDatabase({ name, storage: storage(), multiInstance: false });
    const { records } = (await db.addCollections({ records: { schema } })) as unknown as {
      readonly records: Records;
    };
    const docsOf = async (ids: readonly string[]) => [
      ...(await records.findByIds([...ids]).exec()).values(),
    ];
    return {
      async add(docs) {
        const { error } = await records.bulkInsert(docs.map(asRx));
        if (error.length) throw new Error(`RxDB: ${error.length} documents were refused`);
      },
      async edit(changed) {
        const byId = new Map(changed.map(({ id, ...fields }) => [id, fields]));
        const docs = await docsOf([...byId.keys()]);
        await records.bulkUpsert(
          docs.map((doc) => {
            const { id, kind, fields, relations } = doc.toMutableJSON();
            return { id, kind, fields: { ...fields, ...byId.get(id) }, relations };
          }),
        );
      },
      pack: async () => new Blob([JSON.stringify(await records.exportJSON())]),
      mark: async () => undefined,
      async packSince(_, changed) {
        const docs = await docsOf(changed.map(({ id }) => id));
        return new Blob([JSON.stringify({ changed: docs.map((doc) => doc.toJSON()) })]);
      },
      async receive(parcel) {
        const read = JSON.parse(await (parcel as Blob).text()) as Dump | Delta;
        if ('changed' in read) await records.bulkUpsert(read.changed);
        else await records.importJSON(read);
      },
      async read(ids) {
        const docs = ids ? await docsOf(ids) : await records.find().exec();
        let sum = 0;
        for (const doc of docs) {
          sum += lengthOf(doc.fields.name) + (ids ? 0 : doc.relations.length);
        }
        return sum;
      },
      async close() {
        await db.close();
      },
    };
  },
};
