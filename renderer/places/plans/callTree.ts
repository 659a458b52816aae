/** The call tree: who is called by whom. */
import { callNode } from '../../../shared/kinds/callNode';
import type { RecordState } from '../../../shared/log/record';
import type { Projection } from '../../../shared/projection/projection';

export interface CallLine {
  readonly node: RecordState;
  readonly depth: number;
}

/**
 * Depth first, in order. A node whose caller is not in the plan, or that calls itself by a detour,
 * stands at the left edge, so nobody is left out.
 */
export function callLines(projection: Projection, plan: string): readonly CallLine[] {
  const nodes = projection.parts(plan, callNode);
  const ids = new Set(nodes.map((node) => node.id));
  const callerOf = (node: RecordState): string | undefined => {
    const caller = node.values.calledBy;
    return typeof caller === 'string' && ids.has(caller) ? caller : undefined;
  };
  const lines: CallLine[] = [];
  const seen = new Set<string>();
  const visit = (node: RecordState, depth: number) => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    lines.push({ node, depth });
    for (const next of nodes) if (callerOf(next) === node.id) visit(next, depth + 1);
  };
  for (const node of nodes) if (callerOf(node) === undefined) visit(node, 0);
  for (const node of nodes) visit(node, 0);
  return lines;
}
