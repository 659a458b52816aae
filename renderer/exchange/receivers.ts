/** For whom files can be sealed: the other devices of the organisation, with what is known of each. */
import { deviceOf, type DeviceId } from '../../shared/trust/device';
import { certificateOf, isActive, revocationOf, type Certificate } from '../../shared/trust/roster';
import type { ReplicaId } from '../../shared/log/change';
import type { Peer } from '../store/exchangeStore';
import type { Vault } from '../store/vault';
import { peerOf } from './senderOfFile';

export interface Receiver {
  readonly device: DeviceId;
  readonly certificate: Certificate;
  readonly peer: Peer;
}

type Known = Pick<Vault, 'projection' | 'exchange' | 'trust' | 'device'>;

/** Enrolled, not revoked, not expired, not this one; headquarters first, then by name. */
export function receiversOf(vault: Known, now: number): readonly Receiver[] {
  const roster = vault.trust.roster();
  const self = deviceOf(vault.device()?.replica ?? '');
  return (roster?.devices ?? [])
    .filter(({ device, until }) => device !== self && (until === null || until > now))
    .filter(({ device }) => isActive(roster, device))
    .map((certificate) => ({
      device: certificate.device,
      certificate,
      peer: peerFor(vault as Vault, certificate),
    }))
    .toSorted((a, b) => byRole(a) - byRole(b) || nameOf(a).localeCompare(nameOf(b)));
}

const byRole = ({ certificate }: Receiver): number => (certificate.role === 'hq' ? 0 : 1);
const nameOf = ({ certificate }: Receiver): string => certificate.name;

/** A member that no file has come from yet is sent everything. */
export function peerFor(vault: Vault, { device, name, role }: Certificate): Peer {
  const known = peerOf(vault, device);
  if (known) return known;
  return {
    replica: latestReplica(vault, device) ?? `${device}-0`,
    name,
    role: role === 'hq' ? 'hq' : 'site',
    have: {},
    sent: {},
    lastIn: undefined,
    lastOut: undefined,
  };
}

/** The epoch under which it wrote last, as far as its changes came here by way of others. */
const latestReplica = (vault: Known, device: DeviceId): ReplicaId | undefined =>
  Object.keys(vault.projection.have())
    .filter((replica) => deviceOf(replica) === device)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);

/** Peers that no file can be sealed for: an earlier release set them up. Revoked ones get nothing. */
export const peersWithoutKeys = (vault: Known): readonly Peer[] => {
  const roster = vault.trust.roster();
  return vault.exchange.peers().filter(({ replica }) => {
    const device = deviceOf(replica);
    return !certificateOf(roster, device) && !revocationOf(roster, device);
  });
};
