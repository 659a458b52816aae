/** The longest chain of steps of a plan: how long it takes at least with everybody at hand. */

export interface PlannedStep {
  readonly id: string;
  /** Planned minutes; a step without a plan takes none. */
  readonly minutes: number;
  /** Steps that must be done first. Ids that are not among the steps are ignored. */
  readonly after: readonly string[];
}

export interface CriticalPath {
  /** Minutes from the start of the plan to the end of its last step. */
  readonly minutes: number;
  /** The steps of one longest chain, first to last. */
  readonly path: readonly string[];
  /** Earliest start of every step, minutes after the start of the plan. */
  readonly starts: ReadonlyMap<string, number>;
  /** Steps that wait for each other in a circle, or for such steps; they count nowhere above. */
  readonly cyclic: readonly string[];
}

/** Critical path method (Kelley and Walker, 1959), forward pass in topological order. */
export function criticalPath(steps: readonly PlannedStep[]): CriticalPath {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const before = new Map(
    steps.map((step) => [step.id, [...new Set(step.after)].filter((id) => byId.has(id))]),
  );
  const followers = new Map<string, string[]>();
  for (const [id, earlier] of before) {
    for (const other of earlier) followers.set(other, [...(followers.get(other) ?? []), id]);
  }
  const open = new Map([...before].map(([id, earlier]) => [id, earlier.length]));
  const queue = steps.filter((step) => open.get(step.id) === 0);
  const starts = new Map<string, number>();
  const via = new Map<string, string>();
  let last: PlannedStep | undefined;
  for (const step of queue) {
    const start = startOf(before.get(step.id) ?? [], step.id);
    starts.set(step.id, start);
    if (!last || start + step.minutes > endOf(last.id)) last = step;
    for (const id of followers.get(step.id) ?? []) {
      const left = (open.get(id) ?? 0) - 1;
      open.set(id, left);
      const next = byId.get(id);
      if (left === 0 && next) queue.push(next);
    }
  }

  function endOf(id: string): number {
    return (starts.get(id) ?? 0) + (byId.get(id)?.minutes ?? 0);
  }

  function startOf(earlier: readonly string[], id: string): number {
    let start = 0;
    for (const other of earlier) {
      if (via.has(id) && endOf(other) <= start) continue;
      start = Math.max(start, endOf(other));
      via.set(id, other);
    }
    return start;
  }

  const path: string[] = [];
  for (let at = last?.id; at !== undefined; at = via.get(at)) path.unshift(at);
  return {
    minutes: last ? endOf(last.id) : 0,
    path,
    starts,
    cyclic: steps.filter((step) => !starts.has(step.id)).map((step) => step.id),
  };
}

/** Would step `id` wait for itself if it came after `other`? */
export function wouldCycle(steps: readonly PlannedStep[], id: string, other: string): boolean {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const stack = [other];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at === id) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    stack.push(...(byId.get(at)?.after ?? []));
  }
  return false;
}
