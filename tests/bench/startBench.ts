/** Called once per page load, so that nothing is warm but the disk. */
import { kindOf } from '../../shared/kinds/registry';
import { createSearch } from '../../shared/search/search';
import { getAll, openRaw } from './rawDb';
import { open, rawName, vaultName } from './vaults';

export interface Start {
  /** Milliseconds from the beginning until records could be shown, and until search answered. */
  readonly content: number;
  readonly search: number;
}

export async function startOurs(n: number): Promise<Start> {
  const begin = performance.now();
  const vault = await open(vaultName(n));
  if (vault.projection.records('ci').length < n / 2) throw new Error('the records are there');
  const content = performance.now() - begin;
  const found = createSearch(vault.projection, kindOf).find('router');
  if (found.total === 0) throw new Error('a router is found');
  const search = performance.now() - begin;
  await vault.close();
  return { content, search };
}

export async function startPlain(n: number): Promise<Start> {
  const begin = performance.now();
  const raw = await openRaw(rawName(n));
  const rows = (await getAll(raw)) as readonly string[];
  const content = performance.now() - begin;
  const lower = rows.flatMap((row) =>
    (JSON.parse(bodyOf(row)) as readonly (readonly [Record<string, unknown>])[]).map(([values]) =>
      Object.values(values).join('\n').toLowerCase(),
    ),
  );
  if (!lower.some((text) => text.includes('router'))) throw new Error('a router is found');
  const search = performance.now() - begin;
  raw.close();
  return { content, search };
}

/** The line of a pack that holds the fields. */
const bodyOf = (text: string): string => text.slice(text.indexOf('\n') + 1);
