/** Automerge: one document, a map per record; texts that nobody edits letter by letter are immutable. */
import * as A from '@automerge/automerge/slim';
import { automergeWasmBase64 } from '@automerge/automerge/automerge.wasm.base64';
import { deleteDb } from '../rawDb';
import { nameOf, openBox, type Keeping } from './box';
import type { Doc, Subject } from './subject';

await A.initializeBase64Wasm(automergeWasmBase64);

/** A thousand edits in one change of a document of 100,000 records end its WebAssembly module. */
const PER_CHANGE = 100;

type Item = Record<string, unknown>;
interface Root extends Record<string, unknown> {
  records: Record<string, Item>;
}

const scalar = (value: unknown): unknown =>
  typeof value === 'string' ? new A.ImmutableString(value) : value;

/** A relation is a key, so that two people can each add one and both stay. */
function asItem({ kind, fields, relations }: Doc): Item {
  const item: Item = { kind: scalar(kind) };
  for (const [field, value] of Object.entries(fields)) item[field] = scalar(value);
  for (const { rel, to } of relations) item[`${rel} ${to}`] = true;
  return item;
}

const subjectOf = (keeping: Keeping): Subject => ({
  name: nameOf('Automerge', keeping),
  drop: deleteDb,
  async open(name) {
    const box = await openBox(name, keeping);
    const [first, ...later] = box.kept;
    let doc = first ? A.load<Root>(first) : undefined;
    for (const bytes of later) if (doc) doc = A.loadIncremental(doc, bytes);
    const whole = (): A.Doc<Root> => {
      if (!doc) throw new Error('Automerge: nothing here yet');
      return doc;
    };
    const saved = () => A.save(whole());
    return {
      async add(docs) {
        doc = A.from<Root>({
          records: Object.fromEntries(docs.map((item) => [item.id, asItem(item)])),
        });
        await box.put(saved(), saved);
      },
      async edit(changed) {
        const before = A.getHeads(whole());
        for (let at = 0; at < changed.length; at += PER_CHANGE) {
          doc = A.change(whole(), ({ records }) => {
            for (const { id, name: title, description } of changed.slice(at, at + PER_CHANGE)) {
              const item = records[id];
              if (!item) continue;
              item.name = scalar(title);
              item.description = scalar(description);
            }
          });
        }
        await box.put(A.saveSince(whole(), before), saved);
      },
      pack: async () => saved(),
      mark: async () => A.getHeads(whole()),
      packSince: async (mark) => A.saveSince(whole(), mark as A.Heads),
      async receive(parcel) {
        const bytes = parcel as Uint8Array;
        doc = doc ? A.loadIncremental(doc, bytes) : A.load<Root>(bytes);
        await box.put(bytes, saved);
      },
      async read(ids) {
        const { records } = whole();
        let sum = 0;
        for (const id of ids ?? Object.keys(records)) {
          const item = records[id] ?? {};
          sum += String(item.name).length;
          if (!ids) for (const key in item) sum += Number(key.includes(' '));
        }
        return sum;
      },
      async close() {
        if (doc) A.free(doc);
        box.close();
      },
    };
  },
});

export const automerge = subjectOf('updates');
export const automergeDocument = subjectOf('document');
