/** Whether what an author wrote may enter, by the roster in force. The same on every replica. */
import { attachment } from '../kinds/attachment';
import { LINK, type Change, type ReplicaId } from '../log/change';
import { seen } from '../log/vector';
import { deviceOf } from './device';
import { certificateOf, revocationOf, type Certificate, type Roster } from './roster';

/** Whether a segment's signature was checked against the key the roster gives its author. */
export type Proof = 'signed' | 'unsigned' | 'unknown';

export const distrusts = ['unknown', 'unsigned', 'revoked', 'expired', 'kind', 'forked'] as const;
/**
 * Why a segment is held for a person to decide: its author is nobody's device, did not sign, was
 * revoked before it, had no longer a certificate, may not write that kind, or has written something
 * else under the same numbers.
 */
export type Distrust = (typeof distrusts)[number];

/** `gap`: what it follows has not come. `behind`: what it follows is held itself. */
export type HoldReason = Distrust | 'gap' | 'behind';

export interface Judged {
  readonly replica: ReplicaId;
  readonly to: number;
  readonly proof: Proof;
  readonly changes: readonly Change[];
}

/** Undefined: it may enter. Without a roster there is nobody to ask, and everything may. */
export function distrustOf(segment: Judged, roster: Roster | undefined): Distrust | undefined {
  if (!roster) return undefined;
  const device = deviceOf(segment.replica);
  const certificate = certificateOf(roster, device);
  const revoked = revocationOf(roster, device);
  if (revoked && segment.to > seen(revoked.last, segment.replica)) return 'revoked';
  if (!certificate || segment.proof === 'unknown') return 'unknown';
  if (segment.proof === 'unsigned') return 'unsigned';
  const { until } = certificate;
  if (until !== null && segment.changes.some((change) => change.t[0] > until)) return 'expired';
  return segment.changes.every((change) => mayWrite(certificate, change)) ? undefined : 'kind';
}

/** Every device keeps its own record; links and attachments belong to whoever may write anything at all. */
export function mayWrite(
  certificate: Certificate,
  change: Pick<Change, 'k' | 'id' | 'r'>,
): boolean {
  if (certificate.role === 'reader') return change.k === 'device' && change.id === change.r;
  const { kinds } = certificate;
  if (kinds === null || kinds.includes(change.k)) return true;
  if (change.k === LINK || change.k === attachment.name) return kinds.length > 0;
  return change.k === 'device' && change.id === change.r;
}
