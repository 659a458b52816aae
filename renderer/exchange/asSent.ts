/** What leaves a device under the name of others. */
import { keysBy, withoutSignature, type TrustContext } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { deviceOf } from '../../shared/trust/device';
import { segmentMessage } from '../../shared/trust/messages';
import { webCodec } from './webCodec';

/**
 * The same, without signatures that are not known to be their authors': what came before its author was
 * enrolled was not checked, and whoever knows the key by now would refuse the whole file. Kept here they
 * stay, and go along once the key is known. Who belongs to no organisation knows no keys, and passes on
 * what came.
 */
export async function asSent(
  segments: readonly Segment[],
  trust: TrustContext,
): Promise<readonly Segment[]> {
  if (!trust.roster) return segments;
  const keyOf = keysBy(trust.roster, trust);
  const isTrue = async ({ replica, sha256, sig }: Segment): Promise<boolean> => {
    const key = keyOf(deviceOf(replica));
    return key !== undefined && (await webCodec.verify(key, sig ?? '', segmentMessage(sha256)));
  };
  return Promise.all(
    segments.map(async (segment) =>
      segment.sig === undefined || (await isTrue(segment)) ? segment : withoutSignature(segment),
    ),
  );
}
