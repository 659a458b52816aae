/** The impact of a loss, renewed when the vault or the choice changes. */
import { useMemo } from 'react';
import { graphOf } from '../../../../shared/impact/graphOf';
import { impactOf, type Impact } from '../../../../shared/impact/impact';
import { recoveryOrder, type RecoveryItem } from '../../../../shared/impact/recoveryOrder';
import { kinds } from '../../../../shared/kinds/registry';
import { useVault } from '../../../app/vaultContext';
import type { Graph } from '../../../../shared/impact/graph';
import type { Projection } from '../../../../shared/projection/projection';

export interface KnownImpact {
  readonly impact: Impact;
  readonly recovery: readonly RecoveryItem[];
}

const graphs = new WeakMap<Projection, { readonly version: number; readonly graph: Graph }>();

/** Built once per state of the vault, however many screens ask. */
export function useGraph(): Graph {
  const { projection } = useVault();
  const version = projection.version();
  const known = graphs.get(projection);
  if (known?.version === version) return known.graph;
  const graph = graphOf(projection, kinds);
  graphs.set(projection, { version, graph });
  return graph;
}

export function useImpact(graph: Graph, lost: readonly string[]): KnownImpact {
  const { projection } = useVault();
  return useMemo(() => {
    const impact = impactOf(graph, lost);
    return { impact, recovery: recoveryOrder(impact, projection.visible) };
  }, [graph, lost, projection]);
}
