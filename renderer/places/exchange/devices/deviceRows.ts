/** The roster as a table: every device that was enrolled or sent a file, and how it stands. */
import type { DeviceId } from '../../../../shared/trust/device';
import { deviceOf } from '../../../../shared/trust/device';
import { missingCount, type Vector } from '../../../../shared/log/vector';
import {
  certificateOf,
  revocationOf,
  type Certificate,
  type MemberRole,
  type Revocation,
  type Roster,
} from '../../../../shared/trust/roster';
import { DAY_MS } from '../../../app/age';
import type { Peer } from '../../../store/exchangeStore';

/** `waiting`: enrolled, and no file from it yet. `unenrolled`: files came, and headquarters never enrolled it. */
export const deviceStates = ['waiting', 'active', 'expired', 'unenrolled', 'revoked'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** Without news for so long a device is brought up to date with everything, not with changes. */
export const STALE_MS = 180 * DAY_MS;

export interface DeviceRow {
  readonly device: DeviceId;
  readonly name: string;
  readonly holder: string;
  readonly site: string;
  readonly role: MemberRole | undefined;
  readonly certificate: Certificate | undefined;
  readonly revocation: Revocation | undefined;
  readonly peer: Peer | undefined;
  readonly state: DeviceState;
  readonly stale: boolean;
  /** The device that shows this. */
  readonly self: boolean;
  readonly lastIn: number | undefined;
  readonly lastOut: number | undefined;
  /** Changes that are here and that it has not confirmed; nobody waits for that from a revoked one. */
  readonly unconfirmed: number;
  /** Changes it had that are missing here. */
  readonly missing: number;
}

export interface RowsInput {
  readonly roster: Roster | undefined;
  readonly peers: readonly Peer[];
  readonly have: Vector;
  readonly self: DeviceId;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

export function deviceRows(input: RowsInput): readonly DeviceRow[] {
  const { roster, peers } = input;
  const enrolled = (roster?.devices ?? []).map(({ device }) => device);
  const ids = new Set([
    ...enrolled,
    ...peers.map((peer) => deviceOf(peer.replica)),
    ...(roster?.revoked ?? []).map(({ device }) => device),
  ]);
  const byDevice = new Map(peers.map((peer) => [deviceOf(peer.replica), peer]));
  return [...ids].map((device) => rowOf(device, byDevice.get(device), input));
}

function rowOf(device: DeviceId, peer: Peer | undefined, input: RowsInput): DeviceRow {
  const { roster, have, now } = input;
  const certificate = certificateOf(roster, device);
  const revocation = revocationOf(roster, device);
  const self = device === input.self;
  const state = stateOf(certificate, revocation, peer, self, now);
  const { lastIn, lastOut } = peer ?? {};
  const news = lastIn ? Math.min(lastIn.at, lastIn.writtenAt ?? lastIn.at) : certificate?.from;
  const lives = state === 'active' || state === 'waiting';
  return {
    device,
    name: certificate?.name ?? peer?.name ?? device,
    holder: certificate?.holder ?? '',
    site: certificate?.site ?? '',
    role: certificate?.role,
    certificate,
    revocation,
    peer,
    state,
    stale: lives && !self && news !== undefined && now - news > STALE_MS,
    self,
    lastIn: lastIn?.at,
    lastOut: lastOut?.at,
    unconfirmed: self || revocation ? 0 : missingCount(peer?.have ?? {}, have),
    missing: missingCount(have, peer?.have ?? {}),
  };
}

function stateOf(
  certificate: Certificate | undefined,
  revocation: Revocation | undefined,
  peer: Peer | undefined,
  self: boolean,
  now: number,
): DeviceState {
  if (revocation) return 'revoked';
  if (!certificate) return 'unenrolled';
  if (certificate.until !== null && certificate.until < now) return 'expired';
  return self || peer?.lastIn ? 'active' : 'waiting';
}
