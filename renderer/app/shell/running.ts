/** The drill or real invocation that runs now, if any; a real one comes before a drill. */
import type { RecordId } from '../../../shared/log/change';
import type { Projection } from '../../../shared/projection/projection';

export interface RunningRun {
  readonly id: RecordId;
  readonly name: string;
  readonly mode: 'drill' | 'real';
}

export function runningRun(projection: Projection): RunningRun | undefined {
  const running = projection
    .records('drill')
    .filter((record) => record.values.status === 'running')
    .toSorted((a, b) => startOf(b.values.startedAt) - startOf(a.values.startedAt));
  const record = running.find((each) => each.values.mode === 'real') ?? running[0];
  if (!record) return undefined;
  return {
    id: record.id,
    name: typeof record.values.name === 'string' ? record.values.name : '',
    mode: record.values.mode === 'real' ? 'real' : 'drill',
  };
}

const startOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
