/**
 * Reads `drill.frozen` back. It came through a file, perhaps from a newer or an older release, so
 * every part is checked: what is missing is empty, what is of the wrong shape is left out.
 */
import type { Value } from '../log/change';
import type {
  Frozen,
  FrozenCall,
  FrozenPerson,
  FrozenPhone,
  FrozenService,
  FrozenStep,
  StepMode,
} from './frozen';

type Bag = Readonly<Record<string, Value | undefined>>;

const bag = (value: Value | undefined): Bag | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Bag) : undefined;

const str = (value: Value | undefined): string => (typeof value === 'string' ? value : '');
const orNull = (value: Value | undefined): string | null => str(value) || null;
const num = (value: Value | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

function list<T>(value: Value | undefined, read: (item: Bag) => T): readonly T[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Value[])
    .map(bag)
    .filter((item) => item !== undefined)
    .map(read);
}

/** Undefined when there is no snapshot, or one that this release cannot read. */
export function readFrozen(value: Value | undefined): Frozen | undefined {
  const from = bag(value);
  if (!from || from.v !== 1) return undefined;
  const plan = bag(from.plan);
  return {
    v: 1,
    lostAt: num(from.lostAt) ?? 0,
    lost: list(from.lost, (x) => ({ id: str(x.id), name: str(x.name), kind: str(x.kind) })),
    plan: plan
      ? {
          id: str(plan.id),
          name: str(plan.name),
          number: str(plan.number),
          revision: str(plan.revision),
          message: str(plan.message),
          sections: list(plan.sections, (x) => ({
            topic: str(x.topic),
            title: str(x.title),
            body: str(x.body),
          })),
        }
      : null,
    steps: list(from.steps, readStep),
    calls: list(from.calls, readCall),
    services: list(from.services, readService),
    items: num(from.items) ?? 0,
    spared: list(from.spared, (x) => ({
      name: str(x.name),
      up: num(x.up) ?? 0,
      working: num(x.working) ?? 0,
    })),
  };
}

const modes: readonly string[] = ['drillOnly', 'realOnly'] satisfies StepMode[];

function readStep(x: Bag, index = 0): FrozenStep {
  return {
    id: str(x.id),
    no: num(x.no) ?? index,
    title: str(x.title),
    instructions: str(x.instructions),
    phase: str(x.phase),
    team: str(x.team),
    owner: readPerson(x.owner),
    deputy: readPerson(x.deputy),
    after: Array.isArray(x.after) ? (x.after as readonly Value[]).map(str).filter(Boolean) : [],
    minutes: num(x.minutes),
    mode: modes.includes(str(x.mode)) ? (str(x.mode) as StepMode) : 'both',
    countsTowardsRto: x.countsTowardsRto === true,
    restores: orNull(x.restores),
  };
}

function readCall(x: Bag): FrozenCall {
  return {
    id: str(x.id),
    role: str(x.role),
    person: readPerson(x.person),
    deputy: readPerson(x.deputy),
    calledBy: orNull(x.calledBy),
    channel: phoneType(x.channel),
    within: num(x.within),
    lastVerified: str(x.lastVerified),
  };
}

const readService = (x: Bag): FrozenService => ({
  id: str(x.id),
  name: str(x.name),
  criticality: str(x.criticality),
  rto: num(x.rto),
  rpo: num(x.rpo),
  mtpd: num(x.mtpd),
  workaround: str(x.workaround),
  circular: x.circular === true,
  slowerThan: str(x.slowerThan),
});

function readPerson(value: Value | undefined): FrozenPerson | null {
  const x = bag(value);
  if (!x) return null;
  return {
    id: str(x.id),
    name: str(x.name),
    role: str(x.role),
    phones: list(x.phones, (p) => ({ type: phoneType(p.type), number: str(p.number) })),
    lastVerified: str(x.lastVerified),
  };
}

const types: readonly string[] = ['mobile', 'workPhone', 'homePhone', 'radio'];

const phoneType = (value: Value | undefined): FrozenPhone['type'] =>
  types.includes(str(value)) ? (str(value) as FrozenPhone['type']) : 'mobile';
