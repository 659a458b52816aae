/** What a record's status says about the part it can play when something is lost. */
import type { RecordState } from '../log/record';

/** Not delivered, or no longer there: nothing is lost with it and nothing depends on it. */
const OUT = new Set(['planned', 'retired', 'dismantled', 'cancelled']);
/** There, but not working yet: lost with its site, yet no help to its redundancy group. */
const IDLE = new Set(['ordered', 'received', 'tested']);

const statusOf = (state: RecordState): string =>
  typeof state.values.status === 'string' ? state.values.status : '';

export const isOut = (state: RecordState): boolean => OUT.has(statusOf(state));

export const isIdle = (state: RecordState): boolean => IDLE.has(statusOf(state));
