/** How old what we know is, and how much of what we did has not arrived (from the peers' files). */
import type { Tone } from '../../../shared/kinds/define';
import type { Peer } from '../../store/exchangeStore';
import type { Vault } from '../../store/vault';
import { DAY_MS } from '../age';

export interface DataAge {
  readonly role: 'hq' | 'site';
  /** Milliseconds since the newest file that matters came in; undefined when none ever did. */
  readonly elapsed: number | undefined;
  readonly peers: number;
  readonly undelivered: number;
  readonly tone: Tone;
}

const WARN_MS = 7 * DAY_MS;
const BAD_MS = 30 * DAY_MS;

/** On a laptop the files of headquarters count, at headquarters those of every laptop. */
export function dataAge(
  role: 'hq' | 'site',
  peers: readonly Peer[],
  undelivered: number,
  now: number,
): DataAge {
  const others = peers.filter((peer) => peer.role !== role);
  // A stick may lie in a drawer for weeks: what counts is when the file was written, not when it
  // was read. A sender's clock that runs ahead does not make it newer than its arrival.
  const written = others.map(({ lastIn }) =>
    lastIn ? Math.min(lastIn.at, lastIn.writtenAt ?? lastIn.at) : -Infinity,
  );
  const newest = Math.max(...written, -Infinity);
  const elapsed = Number.isFinite(newest) ? Math.max(0, now - newest) : undefined;
  // Headquarters without a laptop has nobody to deliver to.
  const open = role === 'hq' && others.length === 0 ? 0 : undelivered;
  return {
    role,
    elapsed,
    peers: others.length,
    undelivered: open,
    tone: toneOf(role, elapsed, open),
  };
}

function toneOf(role: 'hq' | 'site', elapsed: number | undefined, undelivered: number): Tone {
  if (role === 'site' && elapsed === undefined) return 'warn';
  if (elapsed !== undefined && elapsed > BAD_MS) return 'bad';
  if (elapsed !== undefined && elapsed > WARN_MS) return 'warn';
  return undelivered > 0 ? 'warn' : elapsed === undefined ? 'neutral' : 'good';
}

/** Changes that somebody who should have them has not confirmed. */
export const openDeliveries = ({ device, exchange }: Vault): number =>
  device()?.outsider
    ? 0
    : dataAge(device()?.role ?? 'site', exchange.peers(), exchange.undelivered(), 0).undelivered;
