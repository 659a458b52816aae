/** What is held for a person to decide, by the device that wrote it. */
import type { ReplicaId } from '../../../../shared/log/change';
import { deviceOf, type DeviceId } from '../../../../shared/trust/device';
import type { Anchor, Roster } from '../../../../shared/trust/roster';
import type { Distrust } from '../../../../shared/trust/standing';
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
}

/**
 * One for what may be let in, and others for second versions: those can only be written again, and who
 * decides about signed ones must not take in what anybody can have made up. Gaps are another matter: they
 * close by themselves.
 */
export function heldGroups(waiting: readonly Waiting[]): readonly HeldGroup[] {
  const held = waiting.filter(({ reason }) => reason !== 'gap');
  return [...Map.groupBy(held, ({ segment }) => deviceOf(segment.replica))]
    .flatMap(([device, all]) => {
      const [second, rest] = [true, false].map((is) =>
        all.filter(({ reason }) => (reason === 'forked') === is),
      );
      const [signed, unsigned] = [true, false].map((is) =>
        (second ?? []).filter(({ segment }) => (segment.sig !== undefined) === is),
      );
      const asksForItself = rest?.some(({ reason }) => isDistrust(reason));
      // What only waits behind a second version belongs to it.
      const behind = asksForItself ? [] : (rest ?? []);
      return [
        groupOf(device, asksForItself ? rest : []),
        groupOf(device, [...(signed ?? []), ...(signed?.length ? behind : [])]),
        groupOf(device, [...(unsigned ?? []), ...(signed?.length ? [] : behind)]),
      ].filter((group) => group !== undefined);
    })
    .toSorted(
      (a, b) => Number(!!a.keptOut) - Number(!!b.keptOut) || (a.device < b.device ? -1 : 1),
    );
}

function groupOf(device: DeviceId, all: readonly Waiting[] = []): HeldGroup | undefined {
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
  };
}

export type HeldStory = Distrust | 'contradicts';

/**
 * What is told of it. Among members a second version that nobody signed does not show that a device was
 * copied.
 */
export const storyOf = (
  reason: Distrust,
  segments: readonly { readonly sig?: string }[],
  roster: Roster | undefined,
): HeldStory =>
  roster && reason === 'forked' && segments.every(({ sig }) => sig === undefined)
    ? 'contradicts'
    : reason;

const isDistrust = (reason: Waiting['reason']): reason is Distrust =>
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
