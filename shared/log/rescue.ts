/**
 * A copied device writes different changes under numbers that were used. One branch stays; what the
 * other one said is written again under a new replica, as if said now by whoever rescues it, so that
 * nothing is lost and no number means two things.
 */
import { dotOf, type Change, type Dot, type ReplicaId, type Value } from './change';

export interface Rescuer {
  readonly replica: ReplicaId;
  /** First free sequence number. */
  readonly next: number;
  /** Label of the reason, such as the device's name. */
  readonly label: string;
}

/**
 * The lost changes of one replica, in sequence, under new dots. Author, time, kind and fields stay;
 * what they overwrote of the lost branch is named by its new dots. `kept`: true for a change that the
 * branch that stays holds too.
 */
export function rescued(
  lost: readonly Change[],
  kept: (change: Change) => boolean,
  rescuer: Rescuer,
): readonly Change[] {
  const renamed = new Map<Dot, Dot>();
  const wanted = lost.filter((change) => !kept(change));
  wanted.forEach((change, i) => {
    renamed.set(dotOf(change), `${rescuer.replica}:${rescuer.next + i}`);
  });
  return wanted.map(({ g: _g, o, why, ...change }, i) => ({
    ...change,
    r: rescuer.replica,
    s: rescuer.next + i,
    ...(o && {
      o: Object.fromEntries(
        Object.entries(o).map(([field, dots]) => [field, dots.map((d) => renamed.get(d) ?? d)]),
      ),
    }),
    ...(change.f.$deleted === undefined ? {} : { f: withNewNames(change.f, renamed) }),
    why: {
      ...(why?.change && { change: why.change }),
      ...(why?.drill && { drill: why.drill }),
      op: 'rescued',
      label: rescuer.label,
    },
  }));
}

/** A deletion names the heads it saw, in its value. */
function withNewNames(fields: Change['f'], renamed: ReadonlyMap<Dot, Dot>): Change['f'] {
  const { $deleted } = fields;
  if ($deleted === null || typeof $deleted !== 'object' || Array.isArray($deleted)) return fields;
  const deletion = $deleted as Readonly<Record<string, Value>>;
  const { saw } = deletion;
  if (!Array.isArray(saw)) return fields;
  const dots = saw.map((dot: unknown) =>
    typeof dot === 'string' ? (renamed.get(dot) ?? dot) : '',
  );
  return { ...fields, $deleted: { ...deletion, saw: dots } };
}
