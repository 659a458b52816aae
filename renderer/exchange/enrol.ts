/**
 * Joining and leaving the organisation by file: the request a laptop writes, the answer headquarters
 * gives, revocation, and headquarters made anew from the recovery key.
 */
import { identityToRecipient } from 'age-encryption';
import type { Host, OpenedFile } from '../../shared/host';
import type { ReplicaId } from '../../shared/log/change';
import type { Vector } from '../../shared/log/vector';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf, fingerprintText, organisationText } from '../../shared/trust/device';
import type { DeviceId, PublicKeys } from '../../shared/trust/device';
import { MAX_REQUEST, openRequest, type EnrolmentRequest } from '../../shared/trust/request';
import {
  certificateOf,
  isActive,
  revocationOf,
  type Anchor,
  type Certificate,
  type Revocation,
} from '../../shared/trust/roster';
import { FINGERPRINT_WORDS, spoken, type SpokenCode } from '../../shared/trust/words';
import type { ExchangeEntry } from '../store/exchangeStore';
import type { Grant } from '../store/trust';
import type { Vault } from '../store/vault';
import { EXTENSION, exportPackage, type ExportOptions } from './exportFile';
import { applyPackage, planPackage, unpackPackage, type ReadOptions } from './importFile';
import { peerOf } from './senderOfFile';
import { peerFor } from './receivers';
import { reconsider } from './reconsider';
import { webCodec } from './webCodec';

/** Words and numbers of a fingerprint text, to be compared by voice. */
export const spokenOf = async (text: string): Promise<SpokenCode> =>
  spoken(await webCodec.sha256(webCodec.encode(text)), FINGERPRINT_WORDS);

export const deviceCode = (device: DeviceId, keys: PublicKeys): Promise<SpokenCode> =>
  spokenOf(fingerprintText(device, keys));

export const organisationCode = (root: string): Promise<SpokenCode> =>
  spokenOf(organisationText(root));

export interface SaveOptions {
  /** Name of the file filter in save dialogues. */
  readonly filterName: string;
}

/** On a laptop: the file that asks. Null when the person closed the save dialogue. */
export async function writeRequest(
  vault: Vault,
  host: Pick<Host, 'saveFile'>,
  { filterName }: SaveOptions,
): Promise<Result<{ readonly name: string } | null>> {
  const text = await vault.trust.request();
  if (!text.ok) return text;
  return host.saveFile({
    name: `holdfast-request-${vault.device()?.prefix ?? ''}.${EXTENSION}`,
    filters: [{ name: filterName, extensions: [EXTENSION] }],
    bytes: webCodec.encode(text.value),
  });
}

/** At headquarters: refusals are those of `openRequest`. */
export async function readRequest(bytes: Uint8Array): Promise<Result<EnrolmentRequest>> {
  const text = bytes.length > MAX_REQUEST * 4 ? undefined : webCodec.decode(bytes);
  return text === undefined ? refuse('exchange.request') : openRequest(text, webCodec.verify);
}

/** What headquarters knows about the device that asks. */
export type Asked = 'new' | 'again' | 'otherKeys' | 'revoked' | 'self';

export function askedBy(vault: Vault, request: EnrolmentRequest): Asked {
  const device = deviceOf(request.replica);
  const roster = vault.trust.roster();
  if (device === deviceOf(vault.device()?.replica ?? '')) return 'self';
  if (revocationOf(roster, device)) return 'revoked';
  const certificate = certificateOf(roster, device);
  if (!certificate) return 'new';
  const { sign, box } = certificate.keys;
  return sign === request.keys.sign && box === request.keys.box ? 'again' : 'otherKeys';
}

/** Up to where each replica of the device is known here. */
export const lastHere = (vault: Vault, device: DeviceId): Vector =>
  Object.fromEntries(
    Object.entries(vault.projection.have()).filter(([replica]) => deviceOf(replica) === device),
  );

/**
 * Puts the device on the roster; the one whose place it takes is revoked with what is here of it.
 * Refusals: those of TrustStore.enrol and revoke.
 */
export async function enrolDevice(
  vault: Vault,
  request: EnrolmentRequest,
  grant: Grant,
): Promise<Result<null>> {
  const { replaces } = grant;
  const done = await vault.trust.enrol(deviceOf(request.replica), request.keys, grant);
  if (!done.ok) return done;
  if (replaces && isActive(vault.trust.roster(), replaces)) {
    const last = lastHere(vault, replaces);
    const revoked = await vault.trust.revoke({ device: replaces, reason: 'replaced', last });
    if (!revoked.ok) return revoked;
  }
  return afterwards(vault);
}

export async function revokeDevice(
  vault: Vault,
  revocation: Omit<Revocation, 'at'>,
): Promise<Result<null>> {
  const done = await vault.trust.revoke(revocation);
  return done.ok ? afterwards(vault) : done;
}

/** Changes what a member may do. */
export async function regrantDevice(
  vault: Vault,
  device: DeviceId,
  { name, holder, site, role, kinds, until }: Grant,
): Promise<Result<null>> {
  const grant = { name, holder, site, role, kinds, until };
  const { tips } = await vault.exchange.here();
  const accepted = Object.fromEntries(
    Object.entries(tips).filter(([replica]) => deviceOf(replica) === device),
  );
  const done = await vault.trust.regrant(device, grant, accepted);
  return done.ok ? afterwards(vault) : done;
}

/** What was held may come in now, or turn out to be held for another reason. */
async function afterwards(vault: Vault): Promise<Result<null>> {
  const again = await reconsider(vault);
  return again.ok ? ok(null) : again;
}

/** The replica a member writes under now, as far as it is known here. */
export const replicaOf = (vault: Vault, certificate: Certificate): ReplicaId =>
  peerFor(vault, certificate).replica;

type AnswerOptions = Pick<ExportOptions, 'filterName' | 'onProgress' | 'signal' | 'engine' | 'now'>;

/**
 * The one file that makes a device a member: the roster with its certificate, and everything that
 * headquarters has, sealed for that device. From then on it is a peer that files are written for.
 */
export function writeAnswer(
  vault: Vault,
  host: Pick<Host, 'saveFile' | 'keepExported'>,
  to: { readonly replica: ReplicaId; readonly certificate: Certificate },
  options: AnswerOptions,
): Promise<Result<ExchangeEntry | null>> {
  const { replica, certificate } = to;
  const peer = peerOf(vault, replica) ?? { ...peerFor(vault, certificate), replica };
  return exportPackage(vault, host, {
    ...options,
    peer,
    content: 'snapshot',
    seal: { kind: 'recipients', devices: [certificate.device] },
  });
}

/** What is here of other devices: it came before there were keys, and stays accepted. */
export async function acceptedSoFar(vault: Vault): Promise<Readonly<Record<ReplicaId, Anchor>>> {
  const { tips } = await vault.exchange.here();
  const own = deviceOf(vault.device()?.replica ?? '');
  return Object.fromEntries(Object.entries(tips).filter(([replica]) => deviceOf(replica) !== own));
}

/** Setting of this device: a recovery key was made here and nobody said yet that it is put away. */
export const RECOVERY_PENDING = 'recoveryKeyPending';

/** Makes the organisation of this headquarters. The recovery key is returned once and kept nowhere. */
export async function foundOrganisation(
  vault: Vault,
  name: string,
): Promise<Result<{ readonly recoveryKey: string }>> {
  const sealed = await vault.exchange.seal();
  if (!sealed.ok) return sealed;
  const accepted = await acceptedSoFar(vault);
  const made = await vault.trust.createOrganisation({ name, accepted });
  if (made.ok) await vault.setSetting(RECOVERY_PENDING, true);
  return made;
}

/** The old one opens older files only. */
export async function renewRecoveryKey(
  vault: Vault,
): Promise<Result<{ readonly recoveryKey: string }>> {
  const made = await vault.trust.newRecoveryKey();
  if (made.ok) await vault.setSetting(RECOVERY_PENDING, true);
  return made;
}

/** As printed, in groups and by hand: without spaces and in capitals. Undefined: not a key at all. */
export async function tidyRecoveryKey(typed: string): Promise<string | undefined> {
  const key = typed.replaceAll(/\s+/g, '').toUpperCase();
  try {
    await identityToRecipient(key);
    return key;
  } catch {
    // The library throws for a wrong form and for a wrong check digit alike.
    return undefined;
  }
}

/** Makes this member headquarters with the recovery key. Refusals: `trust.recoveryKey`, `trust.noRoster`. */
export async function recoverHere(vault: Vault, typed: string): Promise<Result<null>> {
  const key = await tidyRecoveryKey(typed);
  if (!key) return refuse('trust.recoveryKey');
  const signed = vault.trust.signedRoster();
  const roster = vault.trust.roster();
  if (!signed || !roster) return refuse('trust.noRoster');
  const done = await vault.trust.recover({ signed, roster }, key);
  return done.ok ? afterwards(vault) : done;
}

/**
 * Makes a new device headquarters: opens any file of the organisation with its recovery key, takes
 * over the roster in it, and applies what it holds. Refusals: those of opening a file, and
 * `trust.noRoster` for a file without one.
 */
export async function recoverFromFile(
  vault: Vault,
  file: OpenedFile,
  typed: string,
  options: Pick<ReadOptions, 'onProgress' | 'signal' | 'engine'> = {},
): Promise<Result<ExchangeEntry>> {
  const recoveryKey = await tidyRecoveryKey(typed);
  if (!recoveryKey) return refuse('trust.recoveryKey');
  const unpacked = await unpackPackage(vault, { ...options, file, recoveryKey });
  if (!unpacked.ok) return unpacked;
  const { carried } = unpacked.value.file;
  if (!carried) return refuse('trust.noRoster');
  const done = await vault.trust.recover(carried, recoveryKey);
  if (!done.ok) return done;
  const { name, bytes } = file;
  const ready = await planPackage(vault, unpacked.value, {
    name,
    bytes: bytes.length,
    at: Date.now(),
  });
  return ready.ok ? applyPackage(vault, ready.value) : ready;
}
