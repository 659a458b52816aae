/** Replicas that write, decide and pass on what they know, over the real log. */
import { kindOf } from '../../shared/kinds/registry';
import { dotOf, type Change } from '../../shared/log/change';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { tick } from '../../shared/log/clock';
import { invert, overwrittenBy } from '../../shared/log/undo';
import { seen } from '../../shared/log/vector';
import { give, newNode, type Node } from './logHistory';

const START = 1_767_225_600_000;

export interface Desk extends Node {
  write(edits: readonly Edit[]): readonly Change[];
  /** Takes a commit back, as the vault does. */
  undo(commit: readonly Change[]): void;
  changesOf(id: string): readonly Change[];
}

/** Replicas `n0-0`, `n1-0` and so on, of devices of their own. */
export function desks(count: number): readonly Desk[] {
  let now = START;
  return Array.from({ length: count }, (_, i): Desk => {
    const node = newNode(`n${i}-0`);
    const all = () => [...node.known.values()].flat();
    const write = (edits: readonly Edit[], op?: string) => {
      const changes = buildChanges(
        edits,
        node.projection.get,
        (kind) => kindOf(kind)?.version ?? 1,
        {
          replica: node.name,
          next: seen(node.projection.have(), node.name) + 1,
          t: tick(node.projection.clock(), (now += 1000)),
          by: node.name,
          ...(op ? { why: { op } } : {}),
        },
      );
      node.projection.apply(changes, now);
      node.known.set(node.name, [...(node.known.get(node.name) ?? []), ...changes]);
      return changes;
    };
    return {
      ...node,
      write,
      undo(commit) {
        const dots = new Set(overwrittenBy(commit));
        const earlier = all().filter((change) => dots.has(dotOf(change)));
        write(invert(commit, earlier, node.projection.get).edits, 'undo');
      },
      changesOf: (id) => all().filter((change) => change.id === id),
    };
  });
}

/** Everybody hands everything to everybody, twice, so that all know all. */
export function exchangeAll(nodes: readonly Node[], picks: readonly number[] = []): void {
  for (let round = 0; round < 2; round++) {
    for (const from of nodes) for (const to of nodes) give(from, to, [], picks);
  }
}
