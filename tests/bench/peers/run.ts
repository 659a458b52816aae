/**
 * One subject in one page: what the driver calls, step by step, so that it can stop a slow one.
 *
 * What is measured is the same for all. An import begins with the bytes of a file in memory (for a
 * replication, with the open source) and an empty open database; a delta with the bytes of the next
 * file and that database, in which nobody has touched the records that it changes. Both end when the
 * transaction of IndexedDB is complete, under strict durability wherever the library lets one choose
 * (PouchDB does not), and the values have been read from where a screen would read them: of all records
 * and relations after an import, of the changed records after a delta. Each has a thousand records'
 * worth of practice first. Documents that live in memory are kept in both ways there are: each update
 * behind the ones before, which is least to write and more to read at the next start, or the document
 * anew. Inflating is part of it for whoever packs, merging for whoever merges;
 * Holdfast also checks every line, hash and signature and works out the report that a person reads
 * before saying yes.
 */
import {
  docsOf,
  editsOf,
  sizeOf,
  sumOf,
  type Doc,
  type Edited,
  type Parcel,
  type Store,
  type Subject,
} from './subject';

/** Loaded on demand: nobody pays for the libraries of the others. */
export const subjects = {
  holdfast: async () => (await import('./holdfast')).holdfast,
  holdfastClear: async () => (await import('./holdfast')).holdfastClear,
  plain: async () => (await import('./plain')).plain,
  dexie: async () => (await import('./dexie')).dexie,
  pouchFile: async () => (await import('./pouchdb')).pouchFile,
  pouchReplication: async () => (await import('./pouchdb')).pouchReplication,
  rxdb: async () => (await import('./rxdb')).rxdb,
  automerge: async () => (await import('./automerge')).automerge,
  automergeDocument: async () => (await import('./automerge')).automergeDocument,
  yjs: async () => (await import('./yjs')).yjs,
  yjsDocument: async () => (await import('./yjs')).yjsDocument,
  loro: async () => (await import('./loro')).loro,
  loroDocument: async () => (await import('./loro')).loroDocument,
} satisfies Readonly<Record<string, () => Promise<Subject>>>;

const SOURCE = 'peer-source';
const WARM_UP = 1000;

interface Prepared {
  readonly subject: Subject;
  readonly docs: readonly Doc[];
  readonly store: Store;
  /** Of targets, and of changes. */
  targets: number;
  edits: number;
  file?: Parcel;
  target?: Store;
  /** What has been packed and not been received yet, the oldest first. */
  readonly deltas: Delta[];
}
interface Delta {
  readonly changed: readonly Edited[];
  readonly parcel: Parcel;
}
let prepared: Prepared | undefined;

function ready(): Prepared {
  if (!prepared) throw new Error('call prepare first');
  return prepared;
}

const targetName = (round: number) => `peer-target-${round}`;

function expectSum(what: string, found: number, wanted: number): void {
  if (found !== wanted) throw new Error(`${what}: read ${found} instead of ${wanted}`);
}

/** Reads as a person's screen would: all records after an import, the changed ones after a delta. */
async function receiveAndRead(store: Store, parcel: Parcel, ids?: readonly string[]) {
  const start = performance.now();
  await store.receive(parcel);
  const sum = await store.read(ids);
  return { ms: performance.now() - start, sum };
}

async function warmUp(subject: Subject): Promise<void> {
  const docs = docsOf(WARM_UP);
  const source = await subject.open('peer-warm-1', 'source');
  const target = await subject.open('peer-warm-2', 'target');
  await source.add(docs);
  await receiveAndRead(target, await source.pack());
  for (let round = 0; round < 3; round++) {
    const changed = editsOf(docs, round);
    const mark = await source.mark();
    await source.edit(changed);
    await receiveAndRead(target, await source.packSince(mark, changed));
  }
  await target.close();
  await source.close();
  await subject.drop('peer-warm-1');
  await subject.drop('peer-warm-2');
}

export const peers = {
  names: () => Object.keys(subjects),
  title: async (name: keyof typeof subjects) => (await subjects[name]()).name,

  /** A full database on disk, closed. */
  async fill(name: keyof typeof subjects, n: number): Promise<void> {
    const subject = await subjects[name]();
    const store = await subject.open(SOURCE, 'source');
    await store.add(docsOf(n));
    await store.close();
  },

  /** Opens what another page filled: it must be on disk. */
  async prepare(name: keyof typeof subjects, n: number): Promise<{ readonly live: boolean }> {
    const subject = await subjects[name]();
    await warmUp(subject);
    const store = await subject.open(SOURCE, 'source');
    const docs = docsOf(n);
    expectSum('reopened', await store.read(), sumOf(docs));
    prepared = { subject, docs, store, targets: 0, edits: 0, deltas: [] };
    return { live: subject.live ?? false };
  },

  async pack(): Promise<{ readonly ms: number; readonly bytes: number | undefined }> {
    const state = ready();
    const start = performance.now();
    state.file = await state.store.pack();
    return { ms: performance.now() - start, bytes: sizeOf(state.file) };
  },

  async import(): Promise<number> {
    const state = ready();
    state.target = await state.subject.open(targetName(state.targets), 'target');
    const { ms, sum } = await receiveAndRead(state.target, state.file);
    expectSum('imported', sum, sumOf(state.docs));
    return ms;
  },

  /** Changes one record of a hundred at the source, others each time, and packs that. Not measured. */
  async change(): Promise<number | undefined> {
    const { docs, store, deltas, ...state } = ready();
    const changed = editsOf(docs, state.edits);
    const mark = await store.mark();
    await store.edit(changed);
    const parcel = await store.packSince(mark, changed);
    deltas.push({ changed, parcel });
    ready().edits++;
    return sizeOf(parcel);
  },

  /** So that what a library does at leisure does not disturb what is measured. */
  async closeSource(): Promise<void> {
    await ready().store.close();
  },

  async delta(): Promise<number> {
    const { target, deltas } = ready();
    const next = deltas.shift();
    if (!target || !next) throw new Error('import and change first');
    const ids = next.changed.map(({ id }) => id);
    const { ms, sum } = await receiveAndRead(target, next.parcel, ids);
    const wanted = next.changed.reduce((total, { name }) => total + name.length, 0);
    expectSum('delta', sum, wanted);
    return ms;
  },

  async dropTarget(): Promise<void> {
    const state = ready();
    await state.target?.close();
    await state.subject.drop(targetName(state.targets++));
    delete state.target;
  },
};
