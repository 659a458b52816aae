/** Real vaults on real IndexedDB, each under a name of its own. */
import type { Edit } from '../../../shared/log/changeset';
import type { Value } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import { ok, type Result } from '../../../shared/result';
import { openVault } from '../../../renderer/store/openVault';
import type { Vault } from '../../../renderer/store/vault';

export const host = { exported: async () => 0, keepExported: async () => ok(null) };

export const freshName = (): string => `test-${crypto.randomUUID()}`;

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export const open = async (name: string, now?: () => number): Promise<Vault> =>
  must(await openVault({ host, name, ...(now ? { now } : {}) }));

export async function openReady(name: string, now?: () => number): Promise<Vault> {
  const vault = await open(name, now);
  must(await vault.setUp({ name: 'HQ', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' }));
  return vault;
}

export const newPerson = (vault: Vault, name: string): { id: string; edit: Edit } => {
  const id = vault.newId();
  return { id, edit: { do: 'create', kind: 'person', id, fields: { name } } };
};

/** The whole projection in a form that two of them can be compared by. */
export const picture = (vault: Vault): readonly unknown[] =>
  [...vault.projection.all()]
    .map((state: RecordState) => ({
      id: state.id,
      kind: state.kind,
      values: state.values,
      heads: state.heads,
      dots: state.dots.toSorted(),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

export const valueOf = (vault: Vault, id: string, field: string): Value | undefined =>
  vault.projection.get(id)?.values[field];
