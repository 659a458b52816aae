/** No library: JSON, gzip and one row. It merges nothing and remembers nothing; it is the floor. */
import { webCodec } from '../../../renderer/exchange/webCodec';
import { deleteDb } from '../rawDb';
import { must } from '../vaults';
import { openBox } from './box';
import { lengthOf, type Doc, type Edited, type Subject } from './subject';

const pack = (values: readonly unknown[]): Promise<Uint8Array> =>
  webCodec.gzip(new TextEncoder().encode(values.map((value) => JSON.stringify(value)).join('\n')));

async function unpack(bytes: Uint8Array): Promise<readonly unknown[]> {
  const text = new TextDecoder().decode(must(await webCodec.gunzip(bytes, 1e9)));
  return text.split('\n').map((line): unknown => JSON.parse(line));
}

export const plain: Subject = {
  name: 'gunzip, JSON.parse, one put',
  drop: deleteDb,
  async open(name) {
    const box = await openBox(name);
    const docs = new Map<string, Doc>();
    const merge = (values: readonly unknown[]) => {
      for (const doc of values as readonly Doc[]) docs.set(doc.id, doc);
    };
    for (const bytes of box.kept) merge(await unpack(bytes));
    const edited = ({ id, ...fields }: Edited): Doc | undefined => {
      const doc = docs.get(id);
      return doc && { ...doc, fields: { ...doc.fields, ...fields } };
    };
    return {
      async add(all) {
        merge(all);
        await box.put(await pack(all));
      },
      async edit(changed) {
        const now = changed.map(edited);
        merge(now.filter((doc) => doc !== undefined));
        await box.put(await pack(now));
      },
      pack: () => pack([...docs.values()]),
      mark: async () => undefined,
      packSince: (_, changed) => pack(changed.map(({ id }) => docs.get(id))),
      async receive(parcel) {
        merge(await unpack(parcel as Uint8Array));
        await box.put(parcel as Uint8Array);
      },
      async read(ids) {
        let sum = 0;
        const some = ids ? ids.map((id) => docs.get(id)) : docs.values();
        for (const doc of some) {
          sum += lengthOf(doc?.fields.name) + (ids ? 0 : (doc?.relations.length ?? 0));
        }
        return sum;
      },
      close: async () => box.close(),
    };
  },
};
