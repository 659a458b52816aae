/** Older changes are lifted to the current version of their kind when they are projected. */
import type { Change, Dot, Value } from '../log/change';
import type { KindDef } from './define';

/** The change in the terms of the kind's current version; newer or unknown kinds pass unchanged. */
export function upcastChange(kind: KindDef | undefined, change: Change): Change {
  if (!kind || change.kv >= kind.version) return change;
  let fields: Record<string, Value> = { ...change.f };
  let over: Record<string, readonly Dot[]> = { ...change.o };
  for (let v = change.kv; v < kind.version; v++) {
    const step = kind.upcasts[v];
    if (!step) continue;
    fields = renamed(fields, step.rename ?? {});
    over = renamed(over, step.rename ?? {});
    for (const [field, convert] of Object.entries(step.map ?? {})) {
      if (Object.hasOwn(fields, field)) fields[field] = convert(fields[field] ?? null);
    }
  }
  return { ...change, kv: kind.version, f: fields, o: over };
}

function renamed<T>(from: Record<string, T>, names: Readonly<Record<string, string>>) {
  const out: Record<string, T> = {};
  for (const [field, value] of Object.entries(from)) out[names[field] ?? field] = value;
  return out;
}
