/** The one write door: check, build changes, write them durably, then show them. */
import { checkEdits } from '../../shared/log/checkEdits';
import type { Change, RecordId, Why } from '../../shared/log/change';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { tick } from '../../shared/log/clock';
import { invert, overwrittenBy } from '../../shared/log/undo';
import { seen } from '../../shared/log/vector';
import type { KindDef } from '../../shared/kinds/define';
import type { Projection } from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import type { VaultDb } from './db';
import type { LogReader } from './logReader';
import { storageRefusal } from './storageRefusal';
import { tailRows } from './tail';
import type { Committed, DeviceInfo, UndoStep } from './vault';
import { writeAtOnce } from './writeAtOnce';

const UNDO_KEPT = 50;
const UNDO_KEY = 'undo';
/** Logs of drills and what the program does by itself are not taken back with Ctrl Z. */
const NOT_UNDONE = new Set(['drill', 'device', 'sample']);

interface UndoRow extends UndoStep {
  readonly replica: string;
  readonly from: number;
  readonly to: number;
}

export interface CommitterDeps {
  readonly db: VaultDb;
  readonly log: LogReader;
  readonly projection: Projection;
  readonly kindOf: (name: string) => KindDef | undefined;
  readonly device: () => DeviceInfo | undefined;
  readonly isWriter: () => boolean;
  /** Why nothing is written when this is not the writer. */
  readonly readOnly: () => Result<never>;
  readonly serial: <T>(task: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  /** Whether this device's certificate covers the change; what it does not, others would hold. */
  readonly mayWrite: (change: Change) => boolean;
  readonly applied: (changes: readonly Change[]) => Promise<void>;
}

export interface Committer {
  load(): Promise<void>;
  commit(edits: readonly Edit[], why?: Why): Promise<Result<Committed>>;
  undoStep(): UndoStep | undefined;
  undo(): Promise<Result<Committed>>;
}

export function createCommitter(deps: CommitterDeps): Committer {
  const { db, log, projection } = deps;
  let steps: readonly UndoRow[] = [];

  async function write(
    edits: readonly Edit[],
    why: Why | undefined,
    nextSteps: (changes: readonly Change[]) => readonly UndoRow[],
  ): Promise<Result<Committed>> {
    const device = deps.device();
    if (!device) return refuse('commit.notSetUp');
    if (device.outsider) return refuse('commit.outsider');
    if (!deps.isWriter()) return deps.readOnly();
    const changes = buildChanges(
      edits,
      (id) => projection.get(id),
      (kind) => deps.kindOf(kind)?.version ?? 1,
      {
        replica: device.replica,
        next: seen(projection.have(), device.replica) + 1,
        t: tick(projection.clock(), deps.now()),
        by: device.person,
        why,
      },
    );
    if (!changes.length) return ok({ ids: [], changes: 0 });
    const barred = changes.find((change) => !deps.mayWrite(change));
    if (barred) return refuse('commit.notAllowed', { kind: barred.k });
    const rows = await tailRows(changes);
    if (!rows) return refuse('exchange.unsendable');
    const undo = nextSteps(changes);
    try {
      await writeAtOnce(db, ['tail', 'meta'], (store) => {
        for (const row of rows) store('tail').add(row);
        if (undo !== steps) store('meta').put({ key: UNDO_KEY, value: undo });
      });
    } catch (error) {
      return storageRefusal(error);
    }
    steps = undo;
    log.addTail(changes);
    await deps.applied(changes);
    return ok({ ids: changes.map((change) => change.id), changes: changes.length });
  }

  return {
    async load() {
      const row = await db.meta.get(UNDO_KEY);
      steps = (row?.value as readonly UndoRow[] | undefined) ?? [];
    },

    commit: (edits, why) =>
      deps.serial(async () => {
        const checked = checkEdits(edits, {
          get: (id) => projection.get(id),
          kindOf: (name) => deps.kindOf(name),
        });
        if (!checked.ok) return checked;
        const label = labelOf(edits, why, projection);
        return write(edits, why, (changes) =>
          why && NOT_UNDONE.has(why.op)
            ? steps
            : [...steps, stepOf(changes, why?.op ?? edits[0]?.do ?? 'set', label)].slice(
                -UNDO_KEPT,
              ),
        );
      }),

    undoStep: () => steps.at(-1),

    undo: () =>
      deps.serial(async () => {
        const step = steps.at(-1);
        if (!step) return refuse('commit.nothingToUndo');
        const rest = steps.slice(0, -1);
        const dots = sequences(step).map((s) => `${step.replica}:${s}`);
        const commit = (await log.find(dots)).toSorted((a, b) => a.s - b.s);
        const earlier = await log.find(overwrittenBy(commit));
        const inverse = invert(commit, earlier, (id) => projection.get(id));
        const result = await write(inverse.edits, { op: 'undo', label: step.label }, () => rest);
        if (result.ok && result.value.changes === 0) {
          steps = rest;
          return refuse('commit.changedSince', { count: inverse.skipped });
        }
        return result;
      }),
  };
}

const sequences = (step: UndoRow): readonly number[] =>
  Array.from({ length: step.to - step.from + 1 }, (_, i) => step.from + i);

function stepOf(changes: readonly Change[], op: string, label: string): UndoRow {
  const sorted = changes.map((change) => change.s);
  return { op, label, replica: changes[0]?.r ?? '', from: sorted[0] ?? 0, to: sorted.at(-1) ?? 0 };
}

/** Name of what was done: the file, or the title of the first record. */
function labelOf(edits: readonly Edit[], why: Why | undefined, projection: Projection): string {
  if (why?.label) return why.label;
  const first = edits[0];
  if (!first) return '';
  const id: RecordId = 'id' in first ? first.id : first.from;
  const fields = first.do === 'create' ? first.fields : projection.get(id)?.values;
  const name = fields?.name ?? fields?.title ?? fields?.role;
  return typeof name === 'string' ? name : '';
}
