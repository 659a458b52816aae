/**
 * The drill that the sample organisation ran last quarter, with its log and a frozen plan, so that
 * there is a report to read. Frozen from the sample as it stands, like a real one from the vault.
 */
import { impactOf } from '../../shared/impact/impact';
import { graphOf } from '../../shared/impact/graphOf';
import { kindOf, kinds } from '../../shared/kinds/registry';
import type { Fields, RecordId, Value } from '../../shared/log/change';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { createProjection, type Projection } from '../../shared/projection/projection';
import { freezePlan, frozenValue } from '../../shared/response/freezePlan';

const MINUTE_MS = 60_000;

/** Symbolic ids everywhere, as in the rest of the sample. */
export interface PastDrill {
  readonly start: string;
  readonly plan: string;
  readonly lost: readonly string[];
  readonly fields: Fields;
  readonly entries: readonly PastEntry[];
  /** Change requests that its findings led to. */
  readonly leadsTo: readonly string[];
}

interface PastEntry {
  /** Minutes from the start. */
  readonly at: number;
  readonly type: string;
  /** Person, by symbolic id; so is `detail.name`. */
  readonly by: string;
  readonly subject?: string;
  readonly detail?: Readonly<Record<string, string>>;
}

export interface PastDrillTexts {
  readonly fields: Readonly<Record<string, string>>;
  /** One for each entry, empty where the entry has no text. */
  readonly entries: readonly string[];
}

export interface DrillContext {
  readonly idOf: (symbol: string) => RecordId;
  readonly nameOf: (person: string) => string;
  readonly newId: () => RecordId;
  readonly number: string;
  /** Refs and dates of the drill's fields put in their place. */
  readonly fields: Fields;
  /** Milliseconds. */
  readonly startedAt: number;
}

/** `before` are the edits of everything else in the sample. */
export function pastDrillEdits(
  drill: PastDrill,
  texts: PastDrillTexts,
  before: readonly Edit[],
  { idOf, nameOf, newId, number, fields, startedAt }: DrillContext,
): readonly Edit[] {
  const id = newId();
  const lost = drill.lost.map(idOf);
  const projection = projected(before);
  const frozen = freezePlan(projection, {
    planId: idOf(drill.plan),
    lost,
    impact: impactOf(graphOf(projection, kinds), lost),
    lostAt: startedAt,
  });
  // Entries of one minute keep their order by a millisecond each.
  const times = drill.entries.map((entry, i) => startedAt + entry.at * MINUTE_MS + i);
  return [
    {
      do: 'create',
      kind: 'drill',
      id,
      fields: {
        number,
        ...fields,
        ...texts.fields,
        startedAt,
        stoodDownAt: times.at(-1) ?? startedAt,
        frozen: frozenValue(frozen),
      },
    },
    ...lost.map((to): Edit => ({ do: 'link', from: id, rel: 'lost', to })),
    ...drill.leadsTo.map((change): Edit => ({
      do: 'link',
      from: idOf(change),
      rel: 'fromDrill',
      to: id,
    })),
    ...drill.entries.map((entry, i): Edit => {
      const text = texts.entries[i];
      const detail: Record<string, Value> = { ...entry.detail };
      if (entry.detail?.name) detail.name = nameOf(entry.detail.name);
      return {
        do: 'create',
        kind: 'drillEntry',
        id: newId(),
        fields: {
          drill: id,
          at: times[i] ?? startedAt,
          type: entry.type,
          by: nameOf(entry.by),
          ...(entry.subject ? { subject: idOf(entry.subject) } : {}),
          ...(text ? { text } : {}),
          ...(entry.detail ? { detail } : {}),
        },
      };
    }),
  ];
}

function projected(edits: readonly Edit[]): Projection {
  const projection = createProjection(kindOf);
  const author = { replica: 'sample-1', next: 1, t: [1, 0], by: '' } as const;
  const versionOf = (kind: string) => kindOf(kind)?.version ?? 1;
  projection.apply(buildChanges(edits, projection.get, versionOf, author), 1);
  return projection;
}
