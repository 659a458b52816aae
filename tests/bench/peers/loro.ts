/** Loro: a map of maps; the snapshot and the updates are kept as they came, or a snapshot each time. */
import { LoroDoc, LoroMap, type VersionVector } from 'loro-crdt/base64';
import { deleteDb } from '../rawDb';
import { nameOf, openBox, type Keeping } from './box';
import { lengthOf, type Doc, type Subject } from './subject';

type Item = Record<string, unknown>;

/** A relation is a key, so that two people can each add one and both stay. */
function fillItem(map: LoroMap, { kind, fields, relations }: Doc): void {
  map.set('kind', kind);
  for (const [field, value] of Object.entries(fields)) map.set(field, value);
  for (const { rel, to } of relations) map.set(`${rel} ${to}`, true);
}

const subjectOf = (keeping: Keeping): Subject => ({
  name: nameOf('Loro', keeping),
  drop: deleteDb,
  async open(name) {
    const box = await openBox(name, keeping);
    const doc = new LoroDoc();
    if (box.kept.length) doc.importBatch([...box.kept]);
    const records = doc.getMap('records');
    const whole = () => doc.export({ mode: 'snapshot' });
    return {
      async add(docs) {
        for (const item of docs) fillItem(records.setContainer(item.id, new LoroMap()), item);
        doc.commit();
        await box.put(whole(), whole);
      },
      async edit(changed) {
        const from = doc.version();
        for (const { id, name: title, description } of changed) {
          const item = records.get(id) as LoroMap;
          item.set('name', title);
          item.set('description', description);
        }
        doc.commit();
        await box.put(doc.export({ mode: 'update', from }), whole);
      },
      pack: async () => whole(),
      mark: async () => doc.version(),
      packSince: async (mark) => doc.export({ mode: 'update', from: mark as VersionVector }),
      async receive(parcel) {
        doc.import(parcel as Uint8Array);
        await box.put(parcel as Uint8Array, whole);
      },
      async read(ids) {
        let sum = 0;
        if (ids) {
          for (const id of ids) sum += lengthOf((records.get(id) as LoroMap).get('name'));
          return sum;
        }
        // One call that gives everything is several times faster than a call for each record.
        for (const item of Object.values(records.toJSON() as Record<string, Item>)) {
          sum += lengthOf(item.name);
          for (const key in item) sum += Number(key.includes(' '));
        }
        return sum;
      },
      async close() {
        doc.free();
        box.close();
      },
    };
  },
});

export const loro = subjectOf('updates');
export const loroDocument = subjectOf('document');
