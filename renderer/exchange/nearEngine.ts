/**
 * The engine for one file at a time: a small one is opened on the page itself, which is done before a
 * worker has answered; everything else goes to a worker.
 */
import type { Codec } from '../../shared/exchange/codec';
import type { ReadLines } from '../../shared/exchange/openSegments';
import { changesIn } from '../../shared/exchange/segment';
import { refuse, type Result } from '../../shared/result';
import {
  unpack,
  type Engine,
  type OnChanges,
  type OnProgress,
  type Unpacked,
  type UnpackRequest,
} from './engine';
import { opensAtOnce } from './seal';
import { webCodec } from './webCodec';
import { workerEngine } from './workerEngine';

/** Packed bytes that take less time to open than to send to a worker and back. */
const SMALL = 256 * 1024;
/** Inflated bytes of a segment that the page looks at by itself. */
const SMALL_SEGMENT = 2 * 1024 * 1024;

/** An inbox is for the worker: what does not open there stays in it, whatever the reason. */
const isSmall = ({ bytes, inbox }: UnpackRequest): boolean =>
  bytes instanceof Uint8Array && bytes.length <= SMALL && inbox.length === 0 && opensAtOnce(bytes);

const smallCodec: Codec = {
  ...webCodec,
  gunzip: (bytes, max) => webCodec.gunzip(bytes, Math.min(max, SMALL_SEGMENT)),
};

/** Undefined for what turns out to be large once inflated: a worker has to say whether it is a bomb. */
async function onPage(
  input: UnpackRequest,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
  onChanges: OnChanges = () => undefined,
): Promise<Result<Unpacked> | undefined> {
  if (signal?.aborted) return refuse('exchange.cancelled');
  const read: ReadLines = (_, { text }) => {
    const changes = changesIn(text);
    onChanges(changes);
    return changes;
  };
  const result = await unpack(input, onProgress, read, smallCodec);
  if (signal?.aborted) return refuse('exchange.cancelled');
  return !result.ok && result.refusal.code === 'exchange.bomb' ? undefined : result;
}

export const nearEngine: Engine = {
  pack: workerEngine.pack,
  packLarge: workerEngine.packLarge,
  async unpack(input, onProgress, signal, onChanges) {
    const here = isSmall(input) ? await onPage(input, onProgress, signal, onChanges) : undefined;
    return here ?? workerEngine.unpack(input, onProgress, signal, onChanges);
  },
};
