/**
 * How a laptop asks to be enrolled: one line of JSON with its public keys, signed with the key it
 * asks for. It holds nothing secret. The fingerprint of the keys is compared by word of mouth.
 */
import type { ReplicaId } from '../log/change';
import { hasKeys, isCount, isObject, isReplica, isText, parseExact } from '../exchange/strict';
import { ok, refuse, type Result } from '../result';
import { isPublicKeys, isSignature, type PublicKeys } from './device';
import { requestMessage } from './messages';

export interface EnrolmentRequest {
  readonly holdfast: 'request';
  readonly v: 1;
  /** The replica the device writes under now. */
  readonly replica: ReplicaId;
  readonly keys: PublicKeys;
  /** What the person typed on the laptop; headquarters decides. */
  readonly name: string;
  readonly person: string;
  readonly site: string;
  /** Milliseconds since 1970-01-01 UTC, by the laptop's clock. */
  readonly at: number;
}

export interface SignedRequest {
  readonly holdfast: 'request';
  readonly text: string;
  readonly sig: string;
}

/** A request file is never longer, in UTF-16 units. */
export const MAX_REQUEST = 10_000;
const START = '{"holdfast":"request"';

/** Told from the first bytes, because people hand over any file under any name. */
export const looksLikeRequest = (text: string): boolean => text.startsWith(START);

export async function composeRequest(
  request: EnrolmentRequest,
  sign: (message: string) => Promise<string>,
): Promise<string> {
  const text = JSON.stringify(request);
  const signed: SignedRequest = {
    holdfast: 'request',
    text,
    sig: await sign(requestMessage(text)),
  };
  return `${JSON.stringify(signed)}\n`;
}

/**
 * Refusals: `exchange.newer`, `exchange.request` (damaged or not made by this program), and
 * `exchange.requestSignature` (whoever sent it does not hold the key in it).
 */
export async function openRequest(
  file: string,
  verify: (publicKey: string, signature: string, message: string) => Promise<boolean>,
): Promise<Result<EnrolmentRequest>> {
  if (file.length > MAX_REQUEST) return refuse('exchange.request');
  const outer = parseExact(file.trimEnd());
  const signed =
    isObject(outer) &&
    hasKeys(outer, ['holdfast', 'text', 'sig']) &&
    outer.holdfast === 'request' &&
    isText(outer.text, MAX_REQUEST) &&
    isSignature(outer.sig);
  if (!signed) return refuse('exchange.request');
  const { text, sig } = outer as unknown as SignedRequest;
  const value = parseExact(text);
  if (isObject(value) && isCount(value.v, 2)) return refuse('exchange.newer');
  if (!isRequest(value)) return refuse('exchange.request');
  const proven = await verify(value.keys.sign, sig, requestMessage(text));
  return proven ? ok(value) : refuse('exchange.requestSignature');
}

const isRequest = (value: unknown): value is EnrolmentRequest =>
  isObject(value) &&
  hasKeys(value, ['holdfast', 'v', 'replica', 'keys', 'name', 'person', 'site', 'at']) &&
  value.holdfast === 'request' &&
  value.v === 1 &&
  isReplica(value.replica) &&
  isPublicKeys(value.keys) &&
  isText(value.name, 500) &&
  isText(value.person, 500) &&
  isText(value.site, 100) &&
  isCount(value.at);
