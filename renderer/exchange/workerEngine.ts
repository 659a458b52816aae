/** The engine as the page uses it: in a worker of its own, ended when the person cancels. */
import { refuse, type Result } from '../../shared/result';
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
  | { readonly do: 'unpack'; readonly input: UnpackRequest };

export type WorkerReply =
  | { readonly progress: ProgressReport }
  | { readonly result: Result<Uint8Array> | Result<Unpacked> }
  | { readonly failed: string };

export const workerEngine: Engine = {
  pack: (input, onProgress, signal) =>
    inWorker({ do: 'pack', input }, onProgress, signal) as Promise<Result<Uint8Array>>,
  unpack: (input, onProgress, signal) =>
    inWorker({ do: 'unpack', input }, onProgress, signal) as Promise<Result<Unpacked>>,
};

/** Refusal `exchange.cancelled` when the signal fires; the worker is gone at once. */
function inWorker(
  request: WorkerRequest,
  onProgress: OnProgress,
  signal: AbortSignal | undefined,
): Promise<Result<Uint8Array> | Result<Unpacked>> {
  if (signal?.aborted) return Promise.resolve(refuse('exchange.cancelled'));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./exchange.worker.ts', import.meta.url), {
      type: 'module',
    });
    const cancel = () => {
      worker.terminate();
      resolve(refuse('exchange.cancelled'));
    };
    const end = () => {
      signal?.removeEventListener('abort', cancel);
      worker.terminate();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
      if ('progress' in data) {
        onProgress(data.progress);
        return;
      }
      end();
      if ('result' in data) resolve(data.result);
      else reject(new Error(data.failed));
    });
    worker.addEventListener('error', (event) => {
      end();
      reject(new Error(event.message || 'the worker did not start'));
    });
    worker.postMessage(request, { transfer: [] });
  });
}
