/**
 * The plan, people and targets as they stood when a drill or invocation began. Kept as JSON in
 * `drill.frozen`, so the report stays true after the plan has changed. Minutes for durations and
 * targets, milliseconds since 1970-01-01 UTC for times.
 */
import type { RecordId } from '../log/change';

export interface FrozenPhone {
  readonly type: 'mobile' | 'workPhone' | 'homePhone' | 'radio';
  readonly number: string;
}

export interface FrozenPerson {
  readonly id: RecordId;
  readonly name: string;
  /** Job title or unit, as far as known. */
  readonly role: string;
  readonly phones: readonly FrozenPhone[];
  /** YYYY-MM-DD, or empty. */
  readonly lastVerified: string;
}

export type StepMode = 'both' | 'drillOnly' | 'realOnly';

export interface FrozenStep {
  readonly id: RecordId;
  /** Position in the plan from 1: what people call the step by. */
  readonly no: number;
  readonly title: string;
  readonly instructions: string;
  readonly phase: string;
  readonly team: string;
  readonly owner: FrozenPerson | null;
  readonly deputy: FrozenPerson | null;
  readonly after: readonly RecordId[];
  readonly minutes: number | null;
  readonly mode: StepMode;
  readonly countsTowardsRto: boolean;
  /** Service that is back when the step is done. */
  readonly restores: RecordId | null;
}

export interface FrozenCall {
  readonly id: RecordId;
  readonly role: string;
  readonly person: FrozenPerson | null;
  readonly deputy: FrozenPerson | null;
  readonly calledBy: RecordId | null;
  readonly channel: FrozenPhone['type'];
  /** Minutes within which the person must be reached. */
  readonly within: number | null;
  readonly lastVerified: string;
}

export interface FrozenService {
  readonly id: RecordId;
  readonly name: string;
  readonly criticality: string;
  readonly rto: number | null;
  readonly rpo: number | null;
  readonly mtpd: number | null;
  readonly workaround: string;
  readonly circular: boolean;
  /** Name of a service that must be back sooner than this one, on which it depends. */
  readonly slowerThan: string;
}

export interface FrozenSection {
  readonly topic: string;
  readonly title: string;
  readonly body: string;
}

export interface FrozenPlan {
  readonly id: RecordId;
  readonly name: string;
  readonly number: string;
  readonly revision: string;
  readonly message: string;
  readonly sections: readonly FrozenSection[];
}

export interface Frozen {
  readonly v: 1;
  /** When the loss began: the clocks of the services count from here. */
  readonly lostAt: number;
  readonly lost: readonly { readonly id: RecordId; readonly name: string; readonly kind: string }[];
  readonly plan: FrozenPlan | null;
  readonly steps: readonly FrozenStep[];
  readonly calls: readonly FrozenCall[];
  /** Affected services, in the order in which they must come back. */
  readonly services: readonly FrozenService[];
  /** Affected configuration items. */
  readonly items: number;
  /** Redundancy groups that lost members and held. */
  readonly spared: readonly {
    readonly name: string;
    readonly up: number;
    readonly working: number;
  }[];
}

/** What is known of a record that was typed in or imported: it has clocks of nothing. */
export const emptyFrozen = (lostAt: number): Frozen => ({
  v: 1,
  lostAt,
  lost: [],
  plan: null,
  steps: [],
  calls: [],
  services: [],
  items: 0,
  spared: [],
});
