/** Who says so: the roster that a file carries, the roster it is judged by, and its sender. */
import { ok, refuse, type Result } from '../result';
import { deviceOf } from '../trust/device';
import { rosterMessage } from '../trust/messages';
import {
  certificateOf,
  inForce,
  isActive,
  parseRoster,
  type Roster,
  type SignedRoster,
} from '../trust/roster';
import type { Codec } from './codec';
import { MANIFEST, type Manifest } from './manifest';
import { keysBy, type TrustContext } from './openSegments';
import { checkSignature } from './signature';
import type { TarEntry } from './ustar';

export interface CarriedRoster {
  readonly signed: SignedRoster;
  readonly roster: Roster;
}

export interface Judges {
  /** The roster inside, signed by its root; of this organisation, or of the one that is to enrol us. */
  readonly carried: CarriedRoster | undefined;
  /** The roster that the file is judged by; undefined where nobody is known. */
  readonly roster: Roster | undefined;
}

/**
 * `proven`: an active device of the roster signed the manifest. `self`: this device did. Anything
 * else is a sender whose receipts are not believed.
 */
export type Sender = 'proven' | 'self' | 'revoked' | 'unproven';

/** Refusals: those of parseRoster, `exchange.organisation` and `exchange.roster`. */
export async function judgesOf(
  manifest: Manifest,
  trust: TrustContext,
  codec: Codec,
): Promise<Result<Judges>> {
  const carried = await openRoster(manifest, trust, codec);
  if (!carried.ok) return carried;
  const roster = carried.value ? inForce(trust.roster, carried.value.roster) : trust.roster;
  return ok({ carried: carried.value, roster });
}

/** The last one found good by each codec: file after file carries the same. */
const proven = new WeakMap<Codec, CarriedRoster>();

async function openRoster(
  { roster: signed }: Manifest,
  trust: TrustContext,
  codec: Codec,
): Promise<Result<CarriedRoster | undefined>> {
  if (!signed) return ok(undefined);
  const last = proven.get(codec);
  const same = last?.signed.text === signed.text && last.signed.sig === signed.sig;
  const roster = same ? ok(last.roster) : parseRoster(signed.text);
  if (!roster.ok) return roster;
  const { root } = roster.value;
  if (trust.roster && trust.roster.root !== root) {
    return refuse('exchange.organisation', { name: roster.value.name });
  }
  if (same) return ok(last);
  const carried = { signed, roster: roster.value };
  if (!(await codec.verify(root, signed.sig, rosterMessage(signed.text)))) {
    return refuse('exchange.roster');
  }
  proven.set(codec, carried);
  return ok(carried);
}

/** Refusal `exchange.signature` with the manifest's `name`. */
export async function senderOf(
  manifest: Manifest,
  head: TarEntry,
  signature: TarEntry | undefined,
  roster: Roster | undefined,
  trust: TrustContext,
  codec: Codec,
): Promise<Result<Sender>> {
  const device = deviceOf(manifest.from.replica);
  const key = keysBy(roster, trust)(device);
  const forged = refuse('exchange.signature', { name: MANIFEST });
  if (!signature) return key === undefined ? ok('unproven') : forged;
  const signed = await checkSignature(signature.bytes, head.bytes, manifest.from.replica, codec);
  if (!signed || (key !== undefined && key !== signed.key)) return forged;
  if (trust.self?.device === device) return ok('self');
  if (!certificateOf(roster, device)) return ok('unproven');
  return ok(isActive(roster, device) ? 'proven' : 'revoked');
}
