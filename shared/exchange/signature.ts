/** manifest.sig: who wrote the file, and the proof. */
import { manifestMessage } from '../trust/messages';
import { deviceOf, isPublicKey, isSignature, type DeviceId } from '../trust/device';
import type { ReplicaId } from '../log/change';
import type { Codec } from './codec';
import { hasKeys, isObject, isReplica, parseExact } from './strict';

export const SIGNATURE = 'manifest.sig';

/** What signs: the key pair of this device. */
export interface Signer {
  readonly device: DeviceId;
  /** Ed25519, base64url. */
  readonly publicKey: string;
  /** Base64url; the message is signed as UTF-8. */
  sign(message: string): Promise<string>;
}

export interface ManifestSignature {
  readonly v: 1;
  readonly device: DeviceId;
  readonly key: string;
  readonly sig: string;
}

export async function signManifest(
  bytes: Uint8Array,
  signer: Signer,
  codec: Pick<Codec, 'sha256' | 'encode'>,
): Promise<Uint8Array> {
  const sig = await signer.sign(manifestMessage(await codec.sha256(bytes)));
  const value: ManifestSignature = { v: 1, device: signer.device, key: signer.publicKey, sig };
  return codec.encode(JSON.stringify(value));
}

/** The signature when it is whole, names the sender and fits its key; whose key it is, is not asked. */
export async function checkSignature(
  bytes: Uint8Array,
  manifest: Uint8Array,
  sender: ReplicaId,
  codec: Codec,
): Promise<ManifestSignature | undefined> {
  const value = parseExact(codec.decode(bytes) ?? '');
  const sound =
    isObject(value) &&
    hasKeys(value, ['v', 'device', 'key', 'sig']) &&
    value.v === 1 &&
    isReplica(value.device) &&
    value.device === deviceOf(sender) &&
    isPublicKey(value.key) &&
    isSignature(value.sig);
  if (!sound) return undefined;
  const signature = value as unknown as ManifestSignature;
  const message = manifestMessage(await codec.sha256(manifest));
  return (await codec.verify(signature.key, signature.sig, message)) ? signature : undefined;
}
