/** What leaves a device under the name of others. */
import { keysBy, withoutSignature, type TrustContext } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { segmentMessage } from '../../shared/trust/messages';
import type { OnProgress } from './engine';
import { webCodec } from './webCodec';

/** Signatures that were checked once: the next files carry the same ones. */
const foundTrue = new Set<string>();
const MOST_FACTS = 100_000;

/** Segments checked at a time. */
const AT_ONCE = 64;

export interface AsSentOptions {
  /** For what is read for years, when a key that nobody here knows today will be known. */
  readonly lasting?: boolean;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
}

/**
 * The same, without signatures that are not their authors': what came before its author was enrolled was
 * not checked, and whoever knows the key by now would refuse the whole file. Kept here they stay. One
 * whose key nobody here knows goes along, for those who learn it; not into what is `lasting`. Refusal
 * `exchange.cancelled`.
 */
export async function asSent(
  segments: readonly Segment[],
  trust: TrustContext,
  { lasting = false, onProgress, signal }: AsSentOptions,
): Promise<Result<readonly Segment[]>> {
  if (!trust.roster) return ok(segments);
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
  const total = segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const out: Segment[] = [];
  let done = 0;
  while (out.length < segments.length) {
    if (signal?.aborted) return refuse('exchange.cancelled');
    const some = await Promise.all(
      segments
        .slice(out.length, out.length + AT_ONCE)
        .map(async (segment) =>
          segment.sig === undefined || (await isTrue(segment))
            ? segment
            : withoutSignature(segment),
        ),
    );
    out.push(...some);
    done += some.reduce((sum, { bytes }) => sum + bytes.length, 0);
    onProgress({ stage: 'verify', done, total });
  }
  return ok(out);
}
