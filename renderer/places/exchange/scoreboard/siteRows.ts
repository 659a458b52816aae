/** How every laptop stands, as headquarters sees it: one row per device. */
import { DELETED, dotOf, type RecordId, type ReplicaId } from '../../../../shared/log/change';
import {
  conflictsOf,
  headsOf,
  seenByDeleters,
  type Head,
  type RecordState,
} from '../../../../shared/log/record';
import { join, missingCount } from '../../../../shared/log/vector';
import { asText, type Projection } from '../../../../shared/projection/projection';
import { deviceOf, type DeviceId } from '../../../../shared/trust/device';
import type { Peer } from '../../../store/exchangeStore';

const DAY_MS = 86_400_000;
/** Days without news after which a device's data counts as ageing, and as stale. */
export const AGEING_DAYS = 30;
export const STALE_DAYS = 180;
const EXERCISE_DAYS = 365;

export const freshnesses = ['never', 'stale', 'ageing', 'fresh'] as const;
export type Freshness = (typeof freshnesses)[number];

/** Plans for the loss of the site, and how many were tried and looked through in time. */
export interface Readiness {
  readonly plans: number;
  readonly exercised: number;
  readonly overdue: number;
}

export interface SiteRow {
  readonly device: DeviceId;
  /** Undefined for a device that is enrolled and of which no file has come. */
  readonly peer: Peer | undefined;
  readonly name: string;
  readonly holder: string;
  /** Code of the site. */
  readonly site: string;
  readonly revoked: boolean;
  readonly freshness: Freshness;
  /** When what it told last was written; a clock that runs ahead does not make it newer. */
  readonly newsAt: number | undefined;
  readonly lastIn: number | undefined;
  readonly lastOut: number | undefined;
  /** Changes here that it has not confirmed. */
  readonly undelivered: number;
  /** Changes it had that are not here. */
  readonly missing: number;
  /** Records in conflict where it wrote one of the values. */
  readonly conflicts: number;
  /** Attachments it asked for in its last file. */
  readonly attachments: number;
  /** Undefined when no site has its code. */
  readonly readiness: Readiness | undefined;
}

/** A device of the roster. */
export interface Member {
  readonly device: DeviceId;
  readonly name: string;
  readonly holder: string;
  readonly site: string;
  readonly revoked: boolean;
}

export interface ScoreInput {
  readonly self: ReplicaId;
  readonly peers: readonly Peer[];
  readonly members: readonly Member[];
  readonly projection: Projection;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
}

export function siteRows(input: ScoreInput): readonly SiteRow[] {
  const { projection, members } = input;
  const peers = peersByDevice(input.peers);
  const conflicts = conflictsByDevice(projection);
  const readiness = readinessBySite(projection, input.now);
  const byDevice = new Map(members.map((member) => [member.device, member]));
  const devices = new Set([...peers.keys(), ...byDevice.keys()]);
  devices.delete(deviceOf(input.self));
  return [...devices].map((device) => {
    const peer = peers.get(device);
    const member = byDevice.get(device);
    const site = member?.site || siteOf(projection, peer?.replica ?? device);
    const have = projection.have();
    const newsAt = newsOf(peer);
    return {
      device,
      peer,
      name:
        member?.name ||
        asText(projection.get(peer?.replica ?? '')?.values.name) ||
        peer?.name ||
        device,
      holder: member?.holder ?? '',
      site,
      revoked: member?.revoked ?? false,
      freshness: freshnessOf(newsAt, input.now),
      newsAt,
      lastIn: peer?.lastIn?.at,
      lastOut: peer?.lastOut?.at,
      undelivered: missingCount(peer?.have ?? {}, have),
      missing: missingCount(have, peer?.have ?? {}),
      conflicts: conflicts.get(device) ?? 0,
      attachments: peer?.wants?.length ?? 0,
      readiness: readiness.get(site.toLowerCase()),
    };
  });
}

/** A device that went on under a new epoch is one device; what it had before it has still. */
function peersByDevice(peers: readonly Peer[]): ReadonlyMap<DeviceId, Peer> {
  const out = new Map<DeviceId, Peer>();
  for (const peer of peers) {
    const device = deviceOf(peer.replica);
    const other = out.get(device);
    const later = !other || (peer.lastIn?.at ?? 0) >= (other.lastIn?.at ?? 0);
    const latest = later ? peer : other;
    out.set(device, { ...latest, have: join(peer.have, other?.have ?? {}) });
  }
  return out;
}

const newsOf = (peer: Peer | undefined): number | undefined =>
  peer?.lastIn && Math.min(peer.lastIn.at, peer.lastIn.writtenAt ?? peer.lastIn.at);

export function freshnessOf(newsAt: number | undefined, now: number): Freshness {
  if (newsAt === undefined) return 'never';
  const days = (now - newsAt) / DAY_MS;
  return days > STALE_DAYS ? 'stale' : days > AGEING_DAYS ? 'ageing' : 'fresh';
}

/** The code its human numbers begin with: all but the two characters of the device. */
const siteOf = (projection: Projection, replica: ReplicaId): string =>
  asText(projection.get(replica)?.values.prefix).slice(0, -2);

function conflictsByDevice(projection: Projection): ReadonlyMap<DeviceId, number> {
  const out = new Map<DeviceId, number>();
  for (const id of projection.conflicts()) {
    const state = projection.get(id);
    if (!state) continue;
    const authors = new Set<DeviceId>();
    for (const field of conflictsOf(state)) {
      const heads = field === DELETED ? besideDeletion(state) : headsOf(state, field);
      for (const { stamp } of heads) authors.add(deviceOf(stamp.r));
    }
    for (const device of authors) out.set(device, (out.get(device) ?? 0) + 1);
  }
  return out;
}

/** Who deleted, and who edited what the deleter had not seen. */
function besideDeletion(state: RecordState): readonly Head[] {
  const saw = seenByDeleters(state);
  return Object.keys(state.heads)
    .flatMap((field) => headsOf(state, field))
    .filter(({ stamp }) => !saw.has(dotOf(stamp)))
    .concat(headsOf(state, DELETED));
}

/** By lower-case code of the site. */
function readinessBySite(projection: Projection, now: number): ReadonlyMap<string, Readiness> {
  const exercised = new Set<RecordId>();
  for (const { values } of projection.records('drill')) {
    const done = values.status === 'stoodDown' || values.status === 'reported';
    const at = typeof values.stoodDownAt === 'number' ? values.stoodDownAt : undefined;
    const recent = at !== undefined && now - at <= EXERCISE_DAYS * DAY_MS;
    if (done && recent && typeof values.plan === 'string') exercised.add(values.plan);
  }
  const today = new Date(now).toISOString().slice(0, 10);
  const out = new Map<string, Readiness>();
  for (const site of projection.records('site')) {
    const code = asText(site.values.code).toLowerCase();
    const plans = projection
      .linksTo(site.id, 'covers')
      .map((link) => projection.visible(asText(link.values.from)))
      .filter((plan) => plan?.kind === 'plan' && plan.values.status !== 'withdrawn')
      .filter((plan) => plan !== undefined);
    if (!code) continue;
    out.set(code, {
      plans: plans.length,
      exercised: plans.filter((plan) => exercised.has(plan.id)).length,
      overdue: plans.filter((plan) => {
        const { reviewDate } = plan.values;
        return typeof reviewDate === 'string' && reviewDate !== '' && reviewDate < today;
      }).length,
    });
  }
  return out;
}
