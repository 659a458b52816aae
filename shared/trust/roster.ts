/**
 * The roster: who belongs to the organisation, signed by its root key as one text with a rising
 * version. Whatever was ever signed about a device stays in force unless a later version says
 * otherwise, so that replaying an old roster lets nobody back in.
 */
import type { ReplicaId } from '../log/change';
import type { Vector } from '../log/vector';
import {
  hasKeys,
  isCount,
  isKindName,
  isObject,
  isReplica,
  isSha256,
  isText,
  isVector,
  parseExact,
} from '../exchange/strict';
import { ok, refuse, type Result } from '../result';
import {
  isPublicKey,
  isPublicKeys,
  isRecipient,
  isSignature,
  type DeviceId,
  type PublicKeys,
} from './device';

export const memberRoles = ['hq', 'coordinator', 'field', 'reader'] as const;
/** hq signs the roster; hq and coordinators decide about what is held; readers write nothing. */
export type MemberRole = (typeof memberRoles)[number];

export const revocationReasons = ['lost', 'stolen', 'replaced', 'left', 'copied', 'other'] as const;
export type RevocationReason = (typeof revocationReasons)[number];

export interface Certificate {
  readonly device: DeviceId;
  readonly keys: PublicKeys;
  /** Name of the laptop. */
  readonly name: string;
  /** The person it was given to. */
  readonly holder: string;
  /** Code of the site. */
  readonly site: string;
  readonly role: MemberRole;
  /** Kinds it may write; null: all. */
  readonly kinds: readonly string[] | null;
  /** Milliseconds since 1970-01-01 UTC. Changes with a later clock than `until` are held. */
  readonly from: number;
  readonly until: number | null;
  /** The device whose place it took. */
  readonly replaces: DeviceId | null;
}

export interface Revocation {
  readonly device: DeviceId;
  readonly at: number;
  readonly reason: RevocationReason;
  /** Per replica of the device the last change that is accepted; none where it is not named. */
  readonly last: Vector;
}

/** The segment up to whose end everything of its chain is accepted although its author is not. */
export interface Anchor {
  readonly to: number;
  readonly sha256: string;
}

export interface Roster {
  readonly holdfast: 'roster';
  readonly v: 1;
  /** Name of the organisation. */
  readonly name: string;
  /** Its root key, Ed25519: its identity. */
  readonly root: string;
  readonly version: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  readonly devices: readonly Certificate[];
  readonly revoked: readonly Revocation[];
  readonly accepted: Readonly<Record<ReplicaId, Anchor>>;
  /** Recipient of the recovery key: every file is sealed for it too. */
  readonly recovery: string;
  /** The root key's private half in an armoured age file, for headquarters and the recovery key. */
  readonly escrow: string;
}

/** The roster as it travels: the exact text, and the root key's signature over it. */
export interface SignedRoster {
  readonly text: string;
  readonly sig: string;
}

const MAX_TEXT = 4_000_000;
const MAX_DEVICES = 20_000;
const KEYS = 'holdfast v name root version at devices revoked accepted recovery escrow'.split(' ');
const CERTIFICATE_KEYS = 'device keys name holder site role kinds from until replaces'.split(' ');

export const isSignedRoster = (value: unknown): value is SignedRoster =>
  isObject(value) &&
  hasKeys(value, ['text', 'sig']) &&
  isText(value.text, MAX_TEXT) &&
  isSignature(value.sig);

/** Refusals: `exchange.newer` for a later form, `exchange.roster` for anything else that is wrong. */
export function parseRoster(text: string): Result<Roster> {
  if (text.length > MAX_TEXT) return refuse('exchange.roster');
  const value = parseExact(text);
  if (!isObject(value) || value.holdfast !== 'roster') return refuse('exchange.roster');
  if (isCount(value.v, 2)) return refuse('exchange.newer');
  const sound =
    value.v === 1 &&
    hasKeys(value, KEYS) &&
    isText(value.name, 500) &&
    isPublicKey(value.root) &&
    isCount(value.version, 1) &&
    isCount(value.at) &&
    isList(value.devices, isCertificate) &&
    isList(value.revoked, isRevocation) &&
    isAccepted(value.accepted) &&
    isRecipient(value.recovery) &&
    isText(value.escrow, 20_000) &&
    distinct((value.devices as readonly Certificate[]).map(({ device }) => device)) &&
    distinct((value.revoked as readonly Revocation[]).map(({ device }) => device));
  return sound ? ok(value as unknown as Roster) : refuse('exchange.roster');
}

const isList = (value: unknown, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length <= MAX_DEVICES && value.every(isItem);

const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

export function isCertificate(value: unknown): value is Certificate {
  return (
    isObject(value) &&
    hasKeys(value, CERTIFICATE_KEYS) &&
    isReplica(value.device) &&
    isPublicKeys(value.keys) &&
    isText(value.name, 500) &&
    isText(value.holder, 500) &&
    isText(value.site, 100) &&
    memberRoles.some((role) => role === value.role) &&
    (value.kinds === null || isList(value.kinds, isKindName)) &&
    isCount(value.from) &&
    (value.until === null || isCount(value.until)) &&
    (value.replaces === null || isReplica(value.replaces))
  );
}

const isRevocation = (value: unknown): boolean =>
  isObject(value) &&
  hasKeys(value, ['device', 'at', 'reason', 'last']) &&
  isReplica(value.device) &&
  isCount(value.at) &&
  revocationReasons.some((reason) => reason === value.reason) &&
  isVector(value.last);

const isAccepted = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries(value).every(
    ([replica, anchor]) =>
      isReplica(replica) &&
      isObject(anchor) &&
      hasKeys(anchor, ['to', 'sha256']) &&
      isCount(anchor.to, 1) &&
      isSha256(anchor.sha256),
  );

export const certificateOf = (
  roster: Roster | undefined,
  device: DeviceId,
): Certificate | undefined => roster?.devices.find((each) => each.device === device);

export const revocationOf = (
  roster: Roster | undefined,
  device: DeviceId,
): Revocation | undefined => roster?.revoked.find((each) => each.device === device);

/** A member whose certificate stands: enrolled, not revoked. */
export const isActive = (roster: Roster | undefined, device: DeviceId): boolean =>
  certificateOf(roster, device) !== undefined && revocationOf(roster, device) === undefined;

/**
 * What is in force after another roster of the same root was met: the higher version, and what only
 * the other one knows. No roster ever drops a member, a revocation or an anchor, so an older one adds
 * nothing, and two headquarters that signed at once lose nothing of each other. Nor does one whose
 * database was put back from a backup and that signed before it heard of what it had signed after it.
 */
export function inForce(mine: Roster | undefined, other: Roster): Roster {
  if (!mine) return other;
  const [base, rest] = isLater(other, mine) ? [other, mine] : [mine, other];
  const revoked = rest.revoked.filter(({ device }) => !revocationOf(base, device));
  const devices = rest.devices.filter(({ device }) => !certificateOf(base, device));
  const accepted = Object.entries(rest.accepted).filter(
    ([replica, { to }]) => to > (base.accepted[replica]?.to ?? 0),
  );
  if (revoked.length + devices.length + accepted.length === 0) return base;
  return {
    ...base,
    revoked: [...base.revoked, ...revoked],
    devices: [...base.devices, ...devices],
    accepted: { ...base.accepted, ...Object.fromEntries(accepted) },
  };
}

/**
 * Two of one version come from two headquarters, or from one that was put back. Everybody must prefer
 * the same one, or what both say of a member would stay different: the one that was signed later, and
 * of one moment either. The escrow differs with every signing and stays with its roster when another
 * one adds to it.
 */
export const isLater = (one: Roster, other: Roster): boolean =>
  one.version !== other.version
    ? one.version > other.version
    : one.at !== other.at
      ? one.at > other.at
      : one.escrow > other.escrow;
