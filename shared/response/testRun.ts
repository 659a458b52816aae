/** Short ways to write snapshots and logs in tests. */
import type { Entry, EntryType } from './entry';
import {
  emptyFrozen,
  type Frozen,
  type FrozenCall,
  type FrozenPerson,
  type FrozenService,
  type FrozenStep,
} from './frozen';

export const step = (no: number, more: Partial<FrozenStep> = {}): FrozenStep => ({
  id: `t${no}`,
  no,
  title: `Step ${no}`,
  instructions: '',
  phase: 'recovery',
  team: '',
  owner: null,
  deputy: null,
  after: [],
  minutes: 10,
  mode: 'both',
  countsTowardsRto: true,
  restores: null,
  ...more,
});

export const person = (name: string): FrozenPerson => ({
  id: name,
  name,
  role: '',
  phones: [{ type: 'mobile', number: '555-0100' }],
  lastVerified: '',
});

export const call = (id: string, more: Partial<FrozenCall> = {}): FrozenCall => ({
  id,
  role: id,
  person: person(id),
  deputy: null,
  calledBy: null,
  channel: 'mobile',
  within: null,
  lastVerified: '',
  ...more,
});

export const service = (id: string, more: Partial<FrozenService> = {}): FrozenService => ({
  id,
  name: id,
  criticality: '',
  rto: null,
  rpo: null,
  mtpd: null,
  workaround: '',
  circular: false,
  slowerThan: '',
  ...more,
});

export const frozen = (more: Partial<Frozen> = {}): Frozen => ({ ...emptyFrozen(0), ...more });

/** A line at that minute. */
export const line = (
  minute: number,
  type: EntryType,
  subject = '',
  more: Partial<Entry> = {},
): Entry => ({
  id: `${String(minute).padStart(5, '0')}${type}${subject}`,
  at: minute * 60_000,
  type,
  by: 'Tester',
  subject,
  text: '',
  detail: {},
  ...more,
});
