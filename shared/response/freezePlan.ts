/** Takes the snapshot of plan, people and targets with which a drill or invocation runs. */
import { callNode } from '../kinds/callNode';
import { planSection } from '../kinds/planSection';
import { planStep } from '../kinds/planStep';
import type { RecordId, Value } from '../log/change';
import type { RecordState } from '../log/record';
import { endOf } from '../projection/references';
import type { Projection } from '../projection/projection';
import type { Impact } from '../impact/impact';
import { recoveryOrder } from '../impact/recoveryOrder';
import type {
  Frozen,
  FrozenCall,
  FrozenPerson,
  FrozenPhone,
  FrozenPlan,
  FrozenService,
  FrozenStep,
  StepMode,
} from './frozen';

export interface FreezeInput {
  /** Undefined: the run has no plan, only clocks and a log. */
  readonly planId: RecordId | undefined;
  readonly lost: readonly RecordId[];
  readonly impact: Impact;
  /** When the loss began, milliseconds. */
  readonly lostAt: number;
}

/** Without a plan, or with one that is gone, steps and calls are empty. */
export function freezePlan(projection: Projection, input: FreezeInput): Frozen {
  const plan = input.planId ? projection.visible(input.planId) : undefined;
  return {
    v: 1,
    lostAt: input.lostAt,
    lost: input.lost
      .map((id) => projection.visible(id))
      .filter((state) => state !== undefined)
      .map((state) => ({ id: state.id, name: text(state, 'name'), kind: state.kind })),
    plan: plan ? freezeHead(projection, plan) : null,
    steps: plan ? freezeSteps(projection, plan.id) : [],
    calls: plan ? freezeCalls(projection, plan.id) : [],
    services: freezeServices(projection, input.impact),
    items: input.impact.counts.ci ?? 0,
    spared: input.impact.spared.map(({ name, up, working }) => ({ name, up, working })),
  };
}

/** The snapshot as a field value. */
export const frozenValue = (frozen: Frozen): Value => frozen as unknown as Value;

const text = (state: RecordState | undefined, field: string): string => {
  const value = state?.values[field];
  return typeof value === 'string' ? value : '';
};
const minutes = (state: RecordState | undefined, field: string): number | null => {
  const value = state?.values[field];
  return typeof value === 'number' ? value : null;
};

function freezeHead(projection: Projection, plan: RecordState): FrozenPlan {
  return {
    id: plan.id,
    name: text(plan, 'name'),
    number: text(plan, 'number'),
    revision: text(plan, 'revision'),
    message: text(plan, 'message'),
    sections: projection.parts(plan.id, planSection).map((section) => ({
      topic: text(section, 'topic'),
      title: text(section, 'title'),
      body: text(section, 'body'),
    })),
  };
}

function freezeSteps(projection: Projection, plan: RecordId): readonly FrozenStep[] {
  return projection.parts(plan, planStep).map((step, index) => ({
    id: step.id,
    no: index + 1,
    title: text(step, 'title'),
    instructions: text(step, 'instructions'),
    phase: text(step, 'phase'),
    team: text(step, 'team'),
    owner: freezePerson(projection, text(step, 'owner')),
    deputy: freezePerson(projection, text(step, 'deputy')),
    after: projection.linksFrom(step.id, 'after').map((link) => endOf(link, 'to')),
    minutes: minutes(step, 'duration'),
    mode: (text(step, 'mode') || 'both') as StepMode,
    countsTowardsRto: step.values.countsTowardsRto === true,
    restores: text(step, 'restores') || null,
  }));
}

function freezeCalls(projection: Projection, plan: RecordId): readonly FrozenCall[] {
  return projection.parts(plan, callNode).map((node) => {
    const person = freezePerson(projection, text(node, 'person'));
    return {
      id: node.id,
      role: text(node, 'role'),
      person,
      deputy: freezePerson(projection, text(node, 'deputy')),
      calledBy: text(node, 'calledBy') || null,
      channel: (text(node, 'channel') || 'mobile') as FrozenPhone['type'],
      within: minutes(node, 'within'),
      lastVerified:
        [text(node, 'lastVerified'), person?.lastVerified ?? ''].toSorted().at(-1) ?? '',
    };
  });
}

const PHONES = ['mobile', 'workPhone', 'homePhone', 'radio'] as const;

function freezePerson(projection: Projection, id: RecordId): FrozenPerson | null {
  const person = id ? projection.visible(id) : undefined;
  if (!person) return null;
  return {
    id,
    name: text(person, 'name'),
    role: text(person, 'jobTitle') || text(person, 'unit'),
    phones: PHONES.map((type) => ({ type, number: text(person, type).trim() })).filter(
      (phone) => phone.number,
    ),
    lastVerified: text(person, 'lastVerified'),
  };
}

function freezeServices(projection: Projection, impact: Impact): readonly FrozenService[] {
  return recoveryOrder(impact, projection.visible).map((item) => {
    const service = projection.visible(item.id);
    return {
      id: item.id,
      name: text(service, 'name'),
      criticality: item.criticality ?? '',
      rto: item.rto ?? null,
      rpo: item.rpo ?? null,
      mtpd: item.mtpd ?? null,
      workaround: text(service, 'workaround'),
      circular: item.circular,
      slowerThan: item.slowerThan ? text(projection.visible(item.slowerThan), 'name') : '',
    };
  });
}
