/** The engine as the page uses it: in a worker of its own, ended when the person cancels. */
import { refuse, type Result } from '../../shared/result';
import { createReassembly, type Reassembly, type SegmentLines } from './changesApart';
import type {
  Engine,
  OnProgress,
  PackRequest,
  ProgressReport,
  Unpacked,
  UnpackRequest,
} from './engine';

export type WorkerRequest =
  | { readonly do: 'pack'; readonly input: PackRequest }
  | { readonly do: 'packLarge'; readonly input: PackRequest }
  | { readonly do: 'unpack'; readonly input: UnpackRequest };

export type WorkerReply =
  | { readonly progress: ProgressReport }
  | { readonly lines: SegmentLines }
  | { readonly result: Result<Uint8Array> | Result<Blob> | Result<Unpacked> }
  | { readonly failed: string };

export const workerEngine: Engine = {
  pack: (input, onProgress, signal) =>
    inWorker<Uint8Array>({ do: 'pack', input }, onProgress, signal),
  packLarge: (input, onProgress, signal) =>
    inWorker<Blob>({ do: 'packLarge', input }, onProgress, signal),
  async unpack(input, onProgress, signal, onChanges) {
    const parts = createReassembly(onChanges);
    const request = { do: 'unpack', input: forWorker(input) } as const;
    const result = await inWorker<Unpacked>(request, onProgress, signal, parts);
    return parts.complete(result);
  },
};

/** Bytes: more than this is not worth copying into a worker, and is opened piece by piece. */
const LARGE_FROM = 32 * 1024 * 1024;

/** Sending a blob copies none of its bytes. */
export const forWorker = (input: UnpackRequest): UnpackRequest =>
  input.bytes instanceof Uint8Array && input.bytes.length >= LARGE_FROM
    ? { ...input, bytes: new Blob([input.bytes as Uint8Array<ArrayBuffer>]) }
    : input;

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
