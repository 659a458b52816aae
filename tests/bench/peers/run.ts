/** One subject in one page: what the driver calls, step by step, so that it can stop a slow one. */
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
  yjs: async () => (await import('./yjs')).yjs,
  loro: async () => (await import('./loro')).loro,
} satisfies Readonly<Record<string, () => Promise<Subject>>>;

const SOURCE = 'peer-source';
const WARM_UP = 1000;

interface Prepared {
  readonly subject: Subject;
  readonly docs: readonly Doc[];
  readonly store: Store;
  round: number;
  /** What the last round changed. */
  changed: readonly Edited[];
  file?: Parcel;
  delta?: Parcel;
  target?: Store;
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
  const source = await subject.open('peer-warm-1');
  const target = await subject.open('peer-warm-2');
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
    const store = await subject.open(SOURCE);
    await store.add(docsOf(n));
    await store.close();
  },

  /** Opens what another page filled: it must be on disk. */
  async prepare(name: keyof typeof subjects, n: number): Promise<{ readonly live: boolean }> {
    const subject = await subjects[name]();
    await warmUp(subject);
    const store = await subject.open(SOURCE);
    const docs = docsOf(n);
    expectSum('reopened', await store.read(), sumOf(docs));
    prepared = { subject, docs, store, round: 0, changed: [] };
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
    state.target = await state.subject.open(targetName(state.round));
    const { ms, sum } = await receiveAndRead(state.target, state.file);
    expectSum('imported', sum, sumOf(state.docs, state.subject.live && state.changed));
    return ms;
  },

  /**
   * Changes one record of a hundred at the source, and packs that. Not measured. Then the source is
   * closed, so that what a library does at leisure does not disturb what is measured.
   */
  async change(): Promise<number | undefined> {
    const state = ready();
    state.changed = editsOf(state.docs, state.round);
    const mark = await state.store.mark();
    await state.store.edit(state.changed);
    state.delta = await state.store.packSince(mark, state.changed);
    if (!state.subject.live) await state.store.close();
    return sizeOf(state.delta);
  },

  async delta(): Promise<number> {
    const { target, changed, delta } = ready();
    if (!target) throw new Error('import first');
    const ids = changed.map(({ id }) => id);
    const { ms, sum } = await receiveAndRead(target, delta, ids);
    const wanted = changed.reduce((total, { name }) => total + name.length, 0);
    expectSum('delta', sum, wanted);
    return ms;
  },

  async dropTarget(): Promise<void> {
    const state = ready();
    await state.target?.close();
    await state.subject.drop(targetName(state.round++));
    delete state.target;
  },
};
