/** A device and its public keys. A replica is one epoch of a device's database. */
import type { ReplicaId } from '../log/change';
import { hasKeys, isObject } from '../exchange/strict';

/** `k3f9a2x7q1` of the replica `k3f9a2x7q1-0`: what a certificate names. */
export type DeviceId = string;

export interface PublicKeys {
  /** Ed25519, 32 bytes, base64url without padding. */
  readonly sign: string;
  /** age X25519 recipient, `age1...`. */
  readonly box: string;
}

export const deviceOf = (replica: ReplicaId): DeviceId => replica.replace(/-\d+$/, '');

const KEY = /^[\w-]{43}$/;
const SIGNATURE = /^[\w-]{86}$/;
const RECIPIENT = /^age1[0-9a-z]{58}$/;

export const isPublicKey = (value: unknown): value is string =>
  typeof value === 'string' && KEY.test(value);

/** 64 bytes in base64url without padding. */
export const isSignature = (value: unknown): value is string =>
  typeof value === 'string' && SIGNATURE.test(value);

export const isRecipient = (value: unknown): value is string =>
  typeof value === 'string' && RECIPIENT.test(value);

export const isPublicKeys = (value: unknown): value is PublicKeys =>
  isObject(value) &&
  hasKeys(value, ['sign', 'box']) &&
  isPublicKey(value.sign) &&
  isRecipient(value.box);

/** The text whose hash is the fingerprint of a device: two devices never share one. */
export const fingerprintText = (device: DeviceId, keys: PublicKeys): string =>
  `holdfast-device-1\n${device}\n${keys.sign}\n${keys.box}\n`;

/** The text whose hash is the fingerprint of an organisation. */
export const organisationText = (root: string): string => `holdfast-organisation-1\n${root}\n`;
