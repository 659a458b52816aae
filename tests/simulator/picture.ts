/** Everything a device shows and keeps, as text in an order of its own, so that two can be compared. */
import type { Machine } from './machine';

const sorted = (value: Readonly<Record<string, unknown>>): unknown =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/**
 * What screens show of the log: the same on two devices that have the same changes, whether or not
 * some of them were compacted.
 */
export function viewOf({ vault: { projection } }: Machine): string {
  const records = [...projection.all()]
    .map(({ id, kind, values, heads }) => [id, kind, sorted(values), sorted(heads)])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify({
    have: sorted(projection.have()),
    conflicts: [...projection.conflicts()].toSorted(),
    records,
  });
}

/** That, and the inbox, the roster, the peers, the list of files and whose bytes are here. */
export function pictureOf(machine: Machine): string {
  const { vault } = machine;
  const waiting = vault.exchange
    .waiting()
    .map(({ segment, reason, keptOut }) => [segment.sha256, reason, keptOut !== undefined])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify({
    view: viewOf(machine),
    waiting,
    roster: vault.trust.roster(),
    signed: vault.trust.signedRoster()?.sig,
    bytes: [...vault.blobs.hashes()].toSorted(),
    wants: vault.blobs.missing(),
    peers: vault.exchange.peers().toSorted((a, b) => (a.replica < b.replica ? -1 : 1)),
    entries: vault.exchange
      .entries()
      .map(({ id, direction }) => `${direction} ${id}`)
      .toSorted(),
  });
}
