/** The edits with which a drill or invocation begins, or is planned for later. */
import { drill as drillKind } from '../../../../shared/kinds/drill';
import { initialFields } from '../../../../shared/kinds/define';
import type { Value } from '../../../../shared/log/change';
import type { Edit } from '../../../../shared/log/changeset';
import { endOf } from '../../../../shared/projection/references';
import { freezePlan, frozenValue } from '../../../../shared/response/freezePlan';
import type { Impact } from '../../../../shared/impact/impact';
import type { Vault } from '../../../store/vault';
import { entryEdit } from '../useRunActions';

export interface RunInput {
  /** A planned run that begins now; undefined for a new one. */
  readonly existing: string | undefined;
  readonly lost: readonly string[];
  readonly planId: string | undefined;
  readonly mode: 'drill' | 'real';
  readonly name: string;
  readonly coordinator: string;
  readonly exercise: string;
  readonly objectives: string;
  /** YYYY-MM-DD, for a planned run. */
  readonly plannedOn: string;
  readonly lostAt: number;
}

/** Starts at `now`, or plans it when `now` is undefined. */
export function runEdits(
  vault: Vault,
  input: RunInput,
  impact: Impact,
  now: number | undefined,
): { readonly id: string; readonly edits: readonly Edit[] } {
  const id = input.existing ?? vault.newId();
  const fields: Record<string, Value> = {
    name: input.name,
    mode: input.mode,
    plan: input.planId ?? null,
    site: input.lost.find((each) => vault.projection.get(each)?.kind === 'site') ?? null,
    coordinator: input.coordinator || null,
    exercise: input.mode === 'drill' ? input.exercise : null,
    objectives: input.mode === 'drill' ? input.objectives || null : null,
    plannedOn: input.plannedOn || null,
    status: now === undefined ? 'planned' : 'running',
  };
  if (now !== undefined) {
    const { lost, planId, lostAt } = input;
    fields.startedAt = now;
    fields.frozen = frozenValue(freezePlan(vault.projection, { lost, planId, lostAt, impact }));
  }
  const edits: Edit[] = input.existing
    ? [{ do: 'set', id, fields }, ...unlinkOthers(vault, id, input.lost)]
    : [
        {
          do: 'create',
          kind: drillKind.name,
          id,
          fields: {
            ...initialFields(drillKind),
            number: vault.nextNumber(drillKind.name),
            ...fields,
          },
        },
      ];
  for (const to of input.lost) edits.push({ do: 'link', from: id, rel: 'lost', to });
  if (now !== undefined) {
    edits.push(entryEdit(vault, id, now, 'started', { detail: { name: input.coordinator } }));
  }
  return { id, edits };
}

/** What the plan said would be lost and now is not. */
const unlinkOthers = (vault: Vault, id: string, lost: readonly string[]): readonly Edit[] =>
  vault.projection
    .linksFrom(id, 'lost')
    .map((link) => endOf(link, 'to'))
    .filter((to) => !lost.includes(to))
    .map((to) => ({ do: 'unlink', from: id, rel: 'lost', to }));
