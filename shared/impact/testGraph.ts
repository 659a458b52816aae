/** Small vaults for tests: records and links written the short way, through the real log. */
import { kindOf, kinds } from '../kinds/registry';
import type { Fields } from '../log/change';
import { buildChanges, type Edit } from '../log/changeset';
import { createProjection, type Projection } from '../projection/projection';
import { graphOf } from './graphOf';
import type { Graph } from './graph';

export interface Sketch {
  /** id -> fields; the kind is the first letter of the id: s(ervice), c(i), p(lace). */
  readonly nodes: Readonly<Record<string, Fields>>;
  /** `a relation b` */
  readonly links?: readonly string[];
}

const KIND: Readonly<Record<string, string>> = { s: 'service', c: 'ci', p: 'site' };

export function vaultOf(sketch: Sketch, more: readonly Edit[] = []): Projection {
  const edits: Edit[] = Object.entries(sketch.nodes).map(([id, fields]) => ({
    do: 'create',
    kind: KIND[id[0] ?? ''] ?? 'ci',
    id,
    fields: { name: id, ...fields },
  }));
  for (const line of sketch.links ?? []) {
    const [from = '', rel = '', to = ''] = line.split(' ');
    edits.push({ do: 'link', from, rel, to });
  }
  const projection = createProjection(kindOf);
  const changes = buildChanges([...edits, ...more], projection.get, () => 1, {
    replica: 'test-1',
    next: 1,
    t: [1, 0],
    by: 'Test',
  });
  projection.apply(changes, 1);
  return projection;
}

export const graphFrom = (sketch: Sketch): Graph => graphOf(vaultOf(sketch), kinds);
