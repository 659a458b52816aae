/** What is held for a person to decide, by the device that wrote it. */
import type { ReplicaId } from '../../../../shared/log/change';
import { deviceOf, type DeviceId } from '../../../../shared/trust/device';
import type { Anchor, Roster } from '../../../../shared/trust/roster';
import type { Distrust, HoldReason } from '../../../../shared/trust/standing';
import type { Waiting } from '../../../store/exchangeStore';

export interface HeldGroup {
  readonly device: DeviceId;
  /** Under which it wrote last. */
  readonly replica: ReplicaId;
  readonly reason: Distrust;
  /** What waits only because of that is among them. Each replica's in sequence. */
  readonly items: readonly Waiting[];
  readonly changes: number;
  /** A person decided to keep all of it out. */
  readonly keptOut: Waiting['keptOut'];
  /** Everything in it was written again elsewhere. */
  readonly rescued: boolean;
  /** What state showed here that gave way: nobody else may have it, so it is decided about here. */
  readonly state: boolean;
}

/**
 * Of each device one for what may be let in, and one for second versions, which can only be written
 * again; and those of what carries a signature apart from the others: who decides about the one must not
 * take in what anybody can have made up. Gaps are another matter: they close by themselves.
 */
export function heldGroups(waiting: readonly Waiting[]): readonly HeldGroup[] {
  const held = waiting.filter(({ reason }) => reason !== 'gap');
  return [...Map.groupBy(held, ({ segment }) => deviceOf(segment.replica))]
    .flatMap(([device, all]) => {
      const [state, rest] = split(all, (each) => each.state === true);
      // A device may write some of it again and not all.
      const parts = [...partsOf(rest), ...split(state, (each) => each.rescued === true)];
      return parts.map((part) => groupOf(device, part));
    })
    .filter((group) => group !== undefined)
    .toSorted(
      (a, b) => Number(!!a.keptOut) - Number(!!b.keptOut) || (a.device < b.device ? -1 : 1),
    );
}

function partsOf(all: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const [signed, unsigned] = split(all, ({ segment }) => segment.sig !== undefined);
  const asks = ({ reason }: Waiting): boolean => isDistrust(reason);
  // What only waits belongs to what it waits for.
  const [first, second] = signed.some(asks) ? [signed, unsigned] : [unsigned, signed];
  const both = second.some(asks) ? [first, second] : [[...first, ...second]];
  const parts = both.map((part) => {
    const [again, rest] = split(part, ({ reason }) => reason === 'forked');
    return rest.some(asks) ? { letIn: rest, again } : { letIn: [], again: part };
  });
  return [...parts.map(({ letIn }) => letIn), ...parts.map(({ again }) => again)];
}

const split = (
  all: readonly Waiting[],
  test: (each: Waiting) => boolean,
): readonly [readonly Waiting[], readonly Waiting[]] => [
  all.filter(test),
  all.filter((each) => !test(each)),
];

function groupOf(device: DeviceId, all: readonly Waiting[]): HeldGroup | undefined {
  const items = all.toSorted(
    ({ segment: a }, { segment: b }) =>
      a.replica.localeCompare(b.replica, 'en', { numeric: true }) || a.from - b.from,
  );
  const reason = items.map((item) => item.reason).find(isDistrust);
  const last = items.at(-1);
  if (!reason || !last) return undefined;
  return {
    device,
    replica: last.segment.replica,
    reason,
    items,
    changes: items.reduce((sum, { segment }) => sum + segment.to - segment.from + 1, 0),
    keptOut: items.every((item) => item.keptOut) ? last.keptOut : undefined,
    rescued: items.every((item) => item.rescued),
    state: items.every((item) => item.state),
  };
}

export type HeldStory = Distrust | 'contradicts' | 'state';

/**
 * What is told of it. Among members a second version that nobody signed does not show that a device was
 * copied.
 */
export function storyOf(
  held: readonly (Pick<Waiting, 'reason' | 'state'> & {
    readonly segment: { readonly sig?: string };
  })[],
  roster: Roster | undefined,
): HeldStory | undefined {
  const reason = held.map((each) => each.reason).find(isDistrust);
  const second = held.filter((each) => each.reason === 'forked');
  if (reason === 'forked' && second.every(({ state }) => state)) return 'state';
  const isProven = !roster || second.some(({ segment }) => segment.sig !== undefined);
  return reason === 'forked' && !isProven ? 'contradicts' : reason;
}

export const isDistrust = (reason: HoldReason): reason is Distrust =>
  reason !== 'gap' && reason !== 'behind';

/** Up to the last held segment of each replica: its chain vouches for those before. */
export function anchorsOf({ items }: HeldGroup): Readonly<Record<ReplicaId, Anchor>> {
  const out: Record<ReplicaId, Anchor> = {};
  for (const { segment } of items) {
    const { replica, to, sha256 } = segment;
    if (to > (out[replica]?.to ?? 0)) out[replica] = { to, sha256 };
  }
  return out;
}

/** Who brought it, each sender once, with the first time. */
export function broughtBy({
  items,
}: HeldGroup): readonly { readonly peer: ReplicaId; readonly file: string; readonly at: number }[] {
  const files = new Map(
    items
      .toSorted((a, b) => b.at - a.at)
      .map(({ peer, fileName, at }) => [fileName, { peer, file: fileName, at }]),
  );
  return [...files.values()].toSorted((a, b) => a.at - b.at);
}

/** Every segment as it came: members of a gzip file can stand one after another. */
export function asOneFile({ items }: HeldGroup): Uint8Array {
  const out = new Uint8Array(items.reduce((sum, { segment }) => sum + segment.bytes.length, 0));
  let at = 0;
  for (const { segment } of items) {
    out.set(segment.bytes, at);
    at += segment.bytes.length;
  }
  return out;
}
