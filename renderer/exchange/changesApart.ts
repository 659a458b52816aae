/**
 * Changes travel from the worker to the page as the lines they came in, whose memory is handed over
 * instead of copied. Parsing them there costs a third of receiving the objects, and each segment's are
 * parsed while the worker looks at the next.
 */
import type { OpenSegment } from '../../shared/exchange/openSegments';
import { changesIn } from '../../shared/exchange/segment';
import type { Change } from '../../shared/log/change';
import { ok, type Result } from '../../shared/result';
import type { Unpacked } from './engine';

/** The lines of one segment, which the worker has looked at. */
export interface SegmentLines {
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface Reassembly {
  add(lines: SegmentLines): void;
  /** The result with its changes. */
  complete(result: Result<Unpacked>): Result<Unpacked>;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** On the page: for one request. `onChanges` is told what each segment holds, as `Engine.unpack` says. */
export function createReassembly(
  onChanges: (changes: readonly Change[]) => void = () => undefined,
): Reassembly {
  const changes = new Map<string, readonly Change[]>();
  return {
    add({ sha256, bytes }) {
      const own = changesIn(decoder.decode(bytes));
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
