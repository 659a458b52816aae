/** Yjs: a map of maps; updates are kept as they came, as y-indexeddb does, or the document each time. */
import * as Y from 'yjs';
import { deleteDb } from '../rawDb';
import { nameOf, openBox, type Keeping } from './box';
import { lengthOf, type Doc, type Subject } from './subject';

/** A relation is a key, so that two people can each add one and both stay. */
const asEntries = ({ kind, fields, relations }: Doc): [string, unknown][] => [
  ['kind', kind],
  ...Object.entries(fields),
  ...relations.map(({ rel, to }): [string, unknown] => [`${rel} ${to}`, true]),
];

const subjectOf = (keeping: Keeping): Subject => ({
  name: nameOf('Yjs', keeping),
  drop: deleteDb,
  async open(name) {
    const box = await openBox(name, keeping);
    const whole = () => Y.encodeStateAsUpdate(doc);
    const doc = new Y.Doc();
    const records = doc.getMap<Y.Map<unknown>>('records');
    doc.transact(() => {
      for (const bytes of box.kept) Y.applyUpdate(doc, bytes);
    });
    async function write(work: () => void): Promise<void> {
      const before = Y.encodeStateVector(doc);
      doc.transact(work);
      await box.put(Y.encodeStateAsUpdate(doc, before), whole);
    }
    return {
      add: (docs) =>
        write(() => {
          for (const item of docs) records.set(item.id, new Y.Map(asEntries(item)));
        }),
      edit: (changed) =>
        write(() => {
          for (const { id, name: title, description } of changed) {
            records.get(id)?.set('name', title);
            records.get(id)?.set('description', description);
          }
        }),
      pack: async () => whole(),
      mark: async () => Y.encodeStateVector(doc),
      packSince: async (mark) => Y.encodeStateAsUpdate(doc, mark as Uint8Array),
      async receive(parcel) {
        Y.applyUpdate(doc, parcel as Uint8Array);
        await box.put(parcel as Uint8Array, whole);
      },
      async read(ids) {
        let sum = 0;
        for (const id of ids ?? records.keys()) {
          const item = records.get(id);
          sum += lengthOf(item?.get('name'));
          if (!ids) for (const key of item?.keys() ?? []) sum += Number(key.includes(' '));
        }
        return sum;
      },
      async close() {
        doc.destroy();
        box.close();
      },
    };
  },
});

export const yjs = subjectOf('updates');
export const yjsDocument = subjectOf('document');
