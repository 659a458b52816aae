/** What the rest of the program sees of a device's keys, its organisation's roster and the acts on it. */
import type { TrustContext } from '../../shared/exchange/openSegments';
import type { ReplicaId } from '../../shared/log/change';
import type { Result } from '../../shared/result';
import type { DeviceId, PublicKeys } from '../../shared/trust/device';
import type {
  Anchor,
  Certificate,
  Revocation,
  Roster,
  SignedRoster,
} from '../../shared/trust/roster';
import type { SigningKey } from '../exchange/engine';

/** `waiting`: keys but no organisation yet. `none`: headquarters that has not made one. */
export type Standing = 'none' | 'waiting' | 'member' | 'revoked' | 'outsider';

export type Grant = Omit<Certificate, 'device' | 'keys' | 'from' | 'replaces'> & {
  readonly replaces?: DeviceId | null;
};

/** The roster as it is kept: the signed text of the highest version, and what is in force. */
export interface KeptRoster {
  readonly signed: SignedRoster;
  readonly roster: Roster;
}

/** What headquarters does to the roster, and the recovery key in its place. */
export interface RosterActs {
  /**
   * Makes the organisation's root key and recovery key and enrols this device as headquarters. The
   * recovery key is returned once and kept nowhere. `accepted`: what is here of authors without keys.
   */
  createOrganisation(input: {
    readonly name: string;
    readonly accepted: Readonly<Record<ReplicaId, Anchor>>;
  }): Promise<Result<{ readonly recoveryKey: string }>>;
  /** Refusals of all that change the roster: `trust.notHeadquarters`, `trust.rootKey`, `commit.*`. */
  enrol(device: DeviceId, keys: PublicKeys, grant: Grant): Promise<Result<null>>;
  /**
   * Changes what a member may do; keys and device stay. `accepted`: what is here of it, which a
   * certificate that says less must not take back from those who have yet to hear it.
   */
  regrant(
    device: DeviceId,
    grant: Partial<Grant>,
    accepted?: Readonly<Record<ReplicaId, Anchor>>,
  ): Promise<Result<null>>;
  revoke(revocation: Omit<Revocation, 'at'>): Promise<Result<null>>;
  /**
   * Accepts segments whose authors the roster does not vouch for, for everybody. `isCurrent` is asked when
   * its turn has come; refusal `exchange.meanwhile`: what was looked at is no longer what is here.
   */
  accept(
    anchors: Readonly<Record<ReplicaId, Anchor>>,
    isCurrent?: () => boolean,
  ): Promise<Result<null>>;
  /** Refusal also: `trust.recoveryKey`. The old one opens older files only. */
  newRecoveryKey(): Promise<Result<{ readonly recoveryKey: string }>>;
  /**
   * Makes this device headquarters with the recovery key, from the roster of any file. Refusals:
   * `trust.recoveryKey`.
   */
  recover(kept: KeptRoster, recoveryKey: string): Promise<Result<null>>;
}

export interface TrustStore extends RosterActs {
  /** Public keys of this device; undefined before it has some. */
  keys(): PublicKeys | undefined;
  roster(): Roster | undefined;
  /** What travels in every file. */
  signedRoster(): SignedRoster | undefined;
  standing(): Standing;
  certificate(): Certificate | undefined;
  /** For opening files: what this device trusts before it looks inside. */
  context(): TrustContext;
  /** Keys to open files with. */
  identities(): readonly CryptoKey[];
  signingKey(): SigningKey | undefined;
  sign(message: string): Promise<string | undefined>;
  /** The text of a request file. Refusals: `commit.notSetUp`, `trust.noKeys`. */
  request(): Promise<Result<string>>;
}
