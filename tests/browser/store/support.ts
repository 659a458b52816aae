/** Real vaults on real IndexedDB, each under a name of its own. */
import type { Host } from '../../../shared/host';
import type { Edit } from '../../../shared/log/changeset';
import type { Value } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import { ok, type Result } from '../../../shared/result';
import { openVault } from '../../../renderer/store/openVault';
import type { Vault } from '../../../renderer/store/vault';

type TestHost = Pick<Host, 'exported' | 'keepExported'>;

/** What was written into files, as the host remembers it outside of the database. */
export function newHost(): TestHost {
  const kept = new Map<string, number>();
  return {
    exported: async (replica: string) => kept.get(replica) ?? 0,
    keepExported: async (replica: string, sequence: number) => {
      kept.set(replica, Math.max(sequence, kept.get(replica) ?? 0));
      return ok(null);
    },
  };
}

/** One that has forgotten it: the disk of a copied or restored device tells nothing. */
export const host: TestHost = { exported: async () => 0, keepExported: async () => ok(null) };

export const freshName = (): string => `test-${crypto.randomUUID()}`;

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export const open = async (name: string, now?: () => number, on = host): Promise<Vault> =>
  must(await openVault({ host: on, name, ...(now ? { now } : {}) }));

export async function openReady(name: string, now?: () => number, on = host): Promise<Vault> {
  const vault = await open(name, now, on);
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
