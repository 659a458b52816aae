/**
 * Changes travel from the worker to the page as the lines they came in, whose memory is handed over
 * instead of copied. Parsing them there costs a third of receiving the objects, and each segment's are
 * parsed while the worker verifies the next.
 */
import type { OpenSegment } from '../../shared/exchange/openSegments';
import type { Change } from '../../shared/log/change';
import { ok, type Result } from '../../shared/result';
import type { Unpacked } from './engine';

/** The verified lines of one segment. */
export interface SegmentLines {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** In the worker: what is left to send once the lines have gone ahead. */
export const withoutChanges = (result: Result<Unpacked>): Result<Unpacked> =>
  mapSegments(result, (open) => ({ ...open, changes: [] }));

export interface Reassembly {
  add(lines: SegmentLines): void;
  /** The result with its changes. */
  complete(result: Result<Unpacked>): Result<Unpacked>;
}

/** On the page: for one request. `onChanges` is told what each segment holds, as `Engine.unpack` says. */
export function createReassembly(
  onChanges: (changes: readonly Change[]) => void = () => undefined,
): Reassembly {
  const changes = new Map<string, readonly Change[]>();
  return {
    add({ sha256, bytes }) {
      const own = changesIn(bytes);
      changes.set(sha256, own);
      onChanges(own);
    },
    complete: (result) =>
      mapSegments(result, (open) => {
        const own = changes.get(open.segment.sha256);
        if (!own) throw new Error(`the lines of segment ${open.segment.sha256} did not come`);
        return { ...open, changes: own };
      }),
  };
}

/** Every line has been looked at by the worker; the first one is the header. */
function changesIn(bytes: Uint8Array): readonly Change[] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const changes: Change[] = [];
  let at = text.indexOf('\n') + 1;
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    changes.push(JSON.parse(text.slice(at, end)) as Change);
    at = end + 1;
  }
  return changes;
}

function mapSegments(
  result: Result<Unpacked>,
  change: (open: OpenSegment) => OpenSegment,
): Result<Unpacked> {
  if (!result.ok) return result;
  const { file, inbox } = result.value;
  return ok({
    file: { ...file, segments: file.segments.map(change) },
    inbox: inbox.map(change),
  });
}
