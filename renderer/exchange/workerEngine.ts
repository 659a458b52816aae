/**
 * The engine as the page uses it: in a worker of its own, ended when the person cancels. A small file
 * is opened on the page itself, which is done before a worker has answered.
 */
import type { Codec } from '../../shared/exchange/codec';
import { refuse, type Result } from '../../shared/result';
import { createReassembly, type Reassembly, type SegmentLines } from './changesApart';
import {
  unpack,
  type Engine,
  type OnProgress,
  type PackRequest,
  type ProgressReport,
  type Unpacked,
  type UnpackRequest,
} from './engine';
import { opensAtOnce } from './seal';
import { webCodec } from './webCodec';

export type WorkerRequest =
  | { readonly do: 'pack'; readonly input: PackRequest }
  | { readonly do: 'unpack'; readonly input: UnpackRequest };

export type WorkerReply =
  | { readonly progress: ProgressReport }
  | { readonly lines: SegmentLines }
  | { readonly result: Result<Uint8Array> | Result<Unpacked> }
  | { readonly failed: string };

export const workerEngine: Engine = {
  pack: (input, onProgress, signal) =>
    inWorker<Uint8Array>({ do: 'pack', input }, onProgress, signal),
  async unpack(input, onProgress, signal, onChanges) {
    const here = isSmall(input) ? await onPage(input, onProgress, signal) : undefined;
    if (here) return here;
    const parts = createReassembly(onChanges);
    const result = await inWorker<Unpacked>({ do: 'unpack', input }, onProgress, signal, parts);
    return parts.complete(result);
  },
};

/** Packed bytes that take less time to open than to send to a worker and back. */
const SMALL = 256 * 1024;
/** Inflated bytes of a segment that the page looks at by itself. */
const SMALL_SEGMENT = 2 * 1024 * 1024;

/** An inbox is for the worker: what does not open there stays in it, whatever the reason. */
const isSmall = ({ bytes, inbox }: UnpackRequest): boolean =>
  bytes.length <= SMALL && inbox.length === 0 && opensAtOnce(bytes);

const smallCodec: Codec = {
  ...webCodec,
  gunzip: (bytes, max) => webCodec.gunzip(bytes, Math.min(max, SMALL_SEGMENT)),
};

/** Undefined for what turns out to be large once inflated: a worker has to say whether it is a bomb. */
async function onPage(
  input: UnpackRequest,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<Result<Unpacked> | undefined> {
  if (signal?.aborted) return refuse('exchange.cancelled');
  const result = await unpack(input, onProgress, undefined, smallCodec);
  if (signal?.aborted) return refuse('exchange.cancelled');
  return !result.ok && result.refusal.code === 'exchange.bomb' ? undefined : result;
}

/** Starting a worker costs more than opening a small file; an idle one costs memory. */
const IDLE_MS = 30_000;
let spare: Worker | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;

function take(): Worker {
  clearTimeout(idle);
  const worker = spare;
  spare = undefined;
  return worker ?? new Worker(new URL('./exchange.worker.ts', import.meta.url), { type: 'module' });
}

function giveBack(worker: Worker): void {
  spare?.terminate();
  clearTimeout(idle);
  spare = worker;
  idle = setTimeout(() => {
    spare?.terminate();
    spare = undefined;
  }, IDLE_MS);
}

/** Refusal `exchange.cancelled` when the signal fires; the worker is gone at once. */
function inWorker<T>(
  request: WorkerRequest,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
  parts?: Reassembly,
): Promise<Result<T>> {
  if (signal?.aborted) return Promise.resolve(refuse('exchange.cancelled'));
  const worker = take();
  const over = new AbortController();
  const whileRunning = { signal: over.signal };
  return new Promise<Result<T>>((resolve, reject) => {
    const broken = (message: string) => {
      worker.terminate();
      reject(new Error(message));
    };
    const cancel = () => {
      worker.terminate();
      resolve(refuse('exchange.cancelled'));
    };
    const hear = ({ data }: MessageEvent<WorkerReply>) => {
      if ('progress' in data) onProgress(data.progress);
      else if ('lines' in data) parts?.add(data.lines);
      else if ('failed' in data) broken(data.failed);
      else {
        giveBack(worker);
        resolve(data.result as Result<T>);
      }
    };
    signal?.addEventListener('abort', cancel, whileRunning);
    worker.addEventListener('message', hear, whileRunning);
    const failed = (event: ErrorEvent) => broken(event.message || 'the worker did not start');
    worker.addEventListener('error', failed, whileRunning);
    worker.postMessage(request, { transfer: [] });
  }).finally(() => over.abort());
}
