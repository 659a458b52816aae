/** What leaves a device under the name of others. */
import { keysBy, withoutSignature, type TrustContext } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { deviceOf } from '../../shared/trust/device';
import { segmentMessage } from '../../shared/trust/messages';
import { webCodec } from './webCodec';

/** Signatures that were checked once: the next files carry the same ones. */
const foundTrue = new Set<string>();
const MOST_FACTS = 100_000;

/**
 * The same, without signatures that are not their authors': what came before its author was enrolled was
 * not checked, and whoever knows the key by now would refuse the whole file. Kept here they stay. One
 * whose key nobody here knows goes along, for those who learn it; not into what is read for years
 * (`lasting`), when it will be known.
 */
export async function asSent(
  segments: readonly Segment[],
  trust: TrustContext,
  lasting = false,
): Promise<readonly Segment[]> {
  if (!trust.roster) return segments;
  const keyOf = keysBy(trust.roster, trust);
  const isTrue = async ({ replica, sha256, sig = '' }: Segment): Promise<boolean> => {
    const key = keyOf(deviceOf(replica));
    if (key === undefined) return !lasting;
    const fact = `${key} ${sha256} ${sig}`;
    if (foundTrue.has(fact)) return true;
    const isSound = await webCodec.verify(key, sig, segmentMessage(sha256));
    if (foundTrue.size >= MOST_FACTS) foundTrue.clear();
    if (isSound) foundTrue.add(fact);
    return isSound;
  };
  return Promise.all(
    segments.map(async (segment) =>
      segment.sig === undefined || (await isTrue(segment)) ? segment : withoutSignature(segment),
    ),
  );
}
