/**
 * Which segments a state stands for. Headquarters says so and signs it: of whatever is under the numbers
 * of its bases and is not among those, a copy of a device wrote it, and it must not be lost.
 */
import type { DeviceId } from '../trust/device';
import { standsMessage } from '../trust/messages';
import type { Roster } from '../trust/roster';
import { isWordOfHeadquarters } from './base';
import type { Codec } from './codec';
import { MAX_STANDS } from './limits';

export interface Stands {
  readonly by: DeviceId;
  /** Over `standsMessage` of the SHA-256 of `standsText`. */
  readonly sig: string;
  /** Of every segment that the bases stand for, as `markOf` its hash, sorted. */
  readonly marks: readonly string[];
}

/** Enough of a SHA-256 to know a segment again among all that an organisation will ever have. */
export const markOf = (sha256: string): string => sha256.slice(0, 16);

/** What is signed. `heads`: the SHA-256 of the head of each base. */
const standsText = (heads: readonly string[], marks: readonly string[]): string =>
  `${heads.toSorted().join(' ')}\n${marks.join(' ')}\n`;

/** Undefined: too many to be told, or this device may not say so. */
export async function signStands(
  heads: readonly string[],
  hashes: Iterable<string>,
  by: DeviceId,
  sign: (message: string) => Promise<string | undefined>,
  codec: Pick<Codec, 'sha256' | 'encode'>,
): Promise<Stands | undefined> {
  const marks = [...new Set([...hashes].map(markOf))].toSorted();
  // All or none: what some of them leave out would count as another branch.
  if (marks.length > MAX_STANDS) return undefined;
  const sig = await sign(standsMessage(await codec.sha256(codec.encode(standsText(heads, marks)))));
  return sig === undefined ? undefined : { by, sig, marks };
}

/** Whether headquarters said so of these bases and no others. */
export async function isVouchedStands(
  { by, sig, marks }: Stands,
  heads: readonly string[],
  roster: Roster | undefined,
  codec: Pick<Codec, 'sha256' | 'encode' | 'verify'>,
): Promise<boolean> {
  const hash = await codec.sha256(codec.encode(standsText(heads, marks)));
  return isWordOfHeadquarters({ by, sig }, standsMessage(hash), roster, codec);
}
