/** What the import screen is doing. It outlives the screen, so that looking at a record loses nothing. */
import { create } from 'zustand';
import type { OpenedFile } from '../../../shared/host';
import { kindOf } from '../../../shared/kinds/registry';
import type { RecordId } from '../../../shared/log/change';
import type { Refusal } from '../../../shared/result';
import type { Mapping } from '../../../shared/tabular/mapping';
import type { SheetPlan } from '../../../shared/tabular/plan';
import { checkSteps } from '../../../shared/tabular/checkPlan';
import { planSteps } from '../../../shared/tabular/planSheet';
import type { ReadRequest, ReadSheet } from '../../workers/tabularRead';
import type { Vault } from '../../store/vault';
import { planContext } from './context';
import { readFile } from './readFile';
import { firstMapping, remember } from './remembered';
import { nextPaint, runSteps } from './runSteps';

export const steps = ['file', 'content', 'columns', 'preview', 'result'] as const;
export type Step = (typeof steps)[number];
/** Up to `saving` an import can be called off; saving is one step that happens or does not. */
export type Writing = 'no' | 'checking' | 'saving';
export type FileState = 'waiting' | 'done' | 'skipped';
export type ReadOptions = Pick<ReadRequest, 'encoding' | 'delimiter' | 'sheet'>;

export interface QueuedFile {
  readonly file: OpenedFile;
  readonly state: FileState;
}

interface Data {
  readonly queue: readonly QueuedFile[];
  /** Position of the file at hand. */
  readonly at: number;
  readonly step: Step;
  readonly reading: boolean;
  readonly refusal: Refusal | undefined;
  readonly options: ReadOptions;
  readonly read: ReadSheet | undefined;
  readonly mapping: Mapping | undefined;
  readonly remembered: boolean;
  readonly plan: SheetPlan | undefined;
  /** Version of the records that the plan was made for. */
  readonly plannedFor: number;
  /** Share of the planning or checking done, 0 to 1. */
  readonly progress: number;
  /** The records changed between preview and import. */
  readonly changedMeanwhile: boolean;
  readonly writing: Writing;
  readonly undone: boolean;
}

interface Actions {
  addFiles(vault: Vault, files: readonly OpenedFile[]): Promise<void>;
  openFile(vault: Vault, at: number, options?: ReadOptions): Promise<void>;
  setMapping(mapping: Mapping): void;
  go(step: Step): void;
  planRows(vault: Vault): Promise<void>;
  /** Stops reading, planning or checking and goes back to where it was started. */
  callOff(): void;
  /** Writes the plan in one commit; compares again when the records changed meanwhile. */
  write(vault: Vault): Promise<Refusal | undefined>;
  skipFile(vault: Vault): Promise<void>;
  nextFile(vault: Vault): Promise<void>;
  noteUndone(): void;
  reset(): void;
}

const start: Data = {
  queue: [],
  at: 0,
  step: 'file',
  reading: false,
  refusal: undefined,
  options: {},
  read: undefined,
  mapping: undefined,
  remembered: false,
  plan: undefined,
  plannedFor: -1,
  progress: 0,
  changedMeanwhile: false,
  writing: 'no',
  undone: false,
};

let running = new AbortController();

function restart(): AbortSignal {
  running.abort();
  running = new AbortController();
  return running.signal;
}

export const useImporter = create<Data & Actions>()((set, get) => ({
  ...start,

  async addFiles(vault, files) {
    if (!files.length) return;
    const { queue, read } = get();
    const added = files.map((file): QueuedFile => ({ file, state: 'waiting' }));
    set({ queue: [...queue, ...added] });
    if (!read) await get().openFile(vault, queue.length);
  },

  async openFile(vault, at, options = {}) {
    const file = get().queue[at]?.file;
    if (!file) return;
    const signal = restart();
    set({ at, options, reading: true, refusal: undefined, plan: undefined, undone: false });
    const result = await readFile({ ...file, ...options }, signal);
    if (!result || signal.aborted) return;
    if (!result.ok) {
      const queue = marked(get().queue, at, 'skipped');
      set({ reading: false, read: undefined, mapping: undefined, step: 'file', queue });
      set({ refusal: result.refusal });
      return;
    }
    const first = firstMapping(vault, result.value.sheet);
    set({ reading: false, read: result.value, step: 'content', changedMeanwhile: false, ...first });
  },

  setMapping: (mapping) => set({ mapping, plan: undefined, remembered: false }),
  go: (step) => set({ step }),

  async planRows(vault) {
    const { read, mapping } = get();
    if (!read || !mapping) return;
    const signal = restart();
    const plannedFor = vault.projection.version();
    set({ step: 'preview', plan: undefined, progress: 0, plannedFor });
    const plan = await runSteps(planSteps(read.sheet, mapping, planContext(vault)), {
      signal,
      onProgress: ({ done, total }) => set({ progress: total ? done / total : 1 }),
    });
    if (plan && !signal.aborted) set({ plan, progress: 1 });
  },

  callOff() {
    const { step, reading, writing } = get();
    if (writing === 'saving') return;
    restart();
    if (writing === 'checking') set({ writing: 'no' });
    else if (reading) set({ reading: false, step: 'file', read: undefined });
    else if (step === 'preview') set({ step: 'columns' });
  },

  async write(vault) {
    const { plan, read, mapping, queue, at, plannedFor } = get();
    if (!plan || !read || !mapping) return undefined;
    if (vault.projection.version() !== plannedFor) {
      set({ changedMeanwhile: true });
      await get().planRows(vault);
      return undefined;
    }
    const signal = restart();
    set({ writing: 'checking', progress: 0 });
    const known = { get: (id: RecordId) => vault.projection.get(id), kindOf };
    const checked = await runSteps(checkSteps(plan.edits, known), {
      signal,
      onProgress: ({ done, total }) => set({ progress: done / total }),
    });
    if (!checked || signal.aborted) return undefined;
    if (!checked.ok) {
      set({ writing: 'no' });
      return checked.refusal;
    }
    set({ writing: 'saving' });
    // Saving thousands of changes keeps the page busy: first let it say so.
    await nextPaint();
    const label = queue[at]?.file.name ?? read.sheet.name;
    const result = plan.edits.length
      ? await vault.commit(plan.edits, { op: 'import', label })
      : undefined;
    set({ writing: 'no' });
    if (result && !result.ok) return result.refusal;
    await remember(vault, read.sheet, mapping);
    set({ step: 'result', queue: marked(get().queue, at, 'done'), changedMeanwhile: false });
    return undefined;
  },

  async skipFile(vault) {
    set({ queue: marked(get().queue, get().at, 'skipped') });
    await get().nextFile(vault);
  },

  async nextFile(vault) {
    const next = get().queue.findIndex(({ state }) => state === 'waiting');
    if (next >= 0) await get().openFile(vault, next);
    else get().reset();
  },

  noteUndone: () => set({ undone: true }),

  reset() {
    restart();
    set(start);
  },
}));

const marked = (queue: readonly QueuedFile[], at: number, state: FileState) =>
  queue.map((each, i) => (i === at ? { ...each, state } : each));
