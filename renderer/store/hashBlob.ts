/** Hashing as the page uses it: at once for small files, in a worker for large ones. */
import { ok, refuse, type Result } from '../../shared/result';
import { hashSlices, type Hashed } from './hashSlices';

/** From here on hashing would be felt as a pause. Bytes. */
const IN_WORKER_FROM = 4 * 1024 * 1024;

export interface HashOptions {
  /** Bytes. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

export type HashReply =
  | { readonly done: number; readonly total: number }
  | { readonly result: Awaited<ReturnType<typeof hashSlices>> }
  | { readonly failed: string };

/** Refusals: `attachment.unreadable`, `attachment.cancelled`. */
export async function hashBlob(source: Blob, options: HashOptions = {}): Promise<Result<Hashed>> {
  const { signal, onProgress = () => undefined } = options;
  if (signal?.aborted) return refuse('attachment.cancelled');
  const result =
    source.size < IN_WORKER_FROM
      ? await hashSlices(source, onProgress, () => signal?.aborted ?? false)
      : await inWorker(source, onProgress, signal);
  if (result === 'cancelled') return refuse('attachment.cancelled');
  return result === 'unreadable' ? refuse('attachment.unreadable') : ok(result);
}

function inWorker(
  source: Blob,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal | undefined,
): ReturnType<typeof hashSlices> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' });
    const end = () => {
      signal?.removeEventListener('abort', cancel);
      worker.terminate();
    };
    const cancel = () => {
      end();
      resolve('cancelled');
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<HashReply>) => {
      if ('done' in data) {
        onProgress(data.done, data.total);
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
    worker.postMessage(source, { transfer: [] });
  });
}
