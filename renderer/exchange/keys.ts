/**
 * Keys of this device, made here and never shown: WebCrypto keeps the private halves so that they can
 * be used and not read, and the database stores them in that form.
 */
import { identityToRecipient } from 'age-encryption';
import type { Signer } from '../../shared/exchange/signature';
import type { PublicKeys } from '../../shared/trust/device';
import { toBase64Url } from './base64';
import type { SigningKey } from './engine';

export interface DeviceKeys {
  readonly sign: CryptoKeyPair;
  /** Private half of the age identity. */
  readonly box: CryptoKey;
}

export async function newDeviceKeys(): Promise<DeviceKeys> {
  const sign = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  const box = await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
  return { sign, box: box.privateKey };
}

export async function publicKeysOf(keys: DeviceKeys): Promise<PublicKeys> {
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', keys.sign.publicKey));
  return { sign: toBase64Url(raw), box: await identityToRecipient(keys.box) };
}

export async function signWith(key: CryptoKey, message: string): Promise<string> {
  const bytes = new TextEncoder().encode(message);
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes)));
}

export const keySigner = ({ device, publicKey, privateKey }: SigningKey): Signer => ({
  device,
  publicKey,
  sign: (message) => signWith(privateKey, message),
});

export interface RootKey {
  /** Base64url: the organisation's identity. */
  readonly publicKey: string;
  /** PKCS #8, to be sealed at once. */
  readonly secret: Uint8Array;
}

export async function newRootKey(): Promise<RootKey> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const secret = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  return { publicKey: toBase64Url(publicKey), secret };
}

export const importRoot = (secret: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', secret as Uint8Array<ArrayBuffer>, 'Ed25519', false, ['sign']);
