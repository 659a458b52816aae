/**
 * The engine for many files: a few workers that stay, because starting one costs more than opening
 * a small file. A request waits until one of them is free.
 */
import { refuse, type Result } from '../../shared/result';
import { createReassembly, type Reassembly } from './changesApart';
import type { Engine, OnProgress, Unpacked } from './engine';
import { forWorker, type WorkerReply, type WorkerRequest } from './workerEngine';

export interface WorkerPool {
  readonly engine: Engine;
  /** Ends the workers; requests under way are refused with `exchange.cancelled`. */
  close(): void;
}

interface Task {
  readonly request: WorkerRequest;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal | undefined;
  readonly parts: Reassembly | undefined;
  readonly done: (result: Reply) => void;
}

type Reply = Result<Uint8Array> | Result<Blob> | Result<Unpacked>;

/** Two: one can decrypt while the other checks; more would only fill the memory. */
export function createWorkerPool(size = 2): WorkerPool {
  const queue: Task[] = [];
  const running = new Map<Worker, Task>();
  const idle: Worker[] = [];
  let started = 0;

  function next(): void {
    const task = queue.shift();
    if (!task) return;
    if (task.signal?.aborted) {
      task.done(refuse('exchange.cancelled'));
      next();
      return;
    }
    const worker = idle.pop() ?? start();
    running.set(worker, task);
    worker.postMessage(task.request, { transfer: [] });
  }

  function start(): Worker {
    started += 1;
    const worker = new Worker(new URL('./exchange.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerReply>) => {
      const task = running.get(worker);
      if (!task) return;
      if ('progress' in data) {
        task.onProgress(data.progress);
        return;
      }
      if ('lines' in data) {
        task.parts?.add(data.lines);
        return;
      }
      running.delete(worker);
      idle.push(worker);
      if ('result' in data) task.done(data.result);
      else task.done(refuse('folder.reader'));
      next();
    });
    worker.addEventListener('error', () => {
      // A file too large for the memory ends its worker, and no other file.
      end(worker)?.done(refuse('folder.reader'));
      next();
    });
    return worker;
  }

  function end(worker: Worker): Task | undefined {
    const task = running.get(worker);
    running.delete(worker);
    worker.terminate();
    started -= 1;
    return task;
  }

  function ask(
    request: WorkerRequest,
    onProgress: OnProgress,
    signal: AbortSignal | undefined,
    parts?: Reassembly,
  ): Promise<Reply> {
    return new Promise((resolve) => {
      const done: Task['done'] = (result) => {
        signal?.removeEventListener('abort', cancel);
        resolve(result);
      };
      const task: Task = { request, onProgress, signal, parts, done };
      const cancel = () => {
        // A worker in the middle of something can only be ended.
        for (const [worker, other] of running) if (other === task) end(worker);
        done(refuse('exchange.cancelled'));
        next();
      };
      signal?.addEventListener('abort', cancel, { once: true });
      queue.push(task);
      if (idle.length > 0 || started < size) next();
    });
  }

  return {
    engine: {
      pack: (input, onProgress, signal) =>
        ask({ do: 'pack', input }, onProgress, signal) as Promise<Result<Uint8Array>>,
      packLarge: (input, onProgress, signal) =>
        ask({ do: 'packLarge', input }, onProgress, signal) as Promise<Result<Blob>>,
      async unpack(input, onProgress, signal) {
        const parts = createReassembly();
        const result = await ask(
          { do: 'unpack', input: forWorker(input) },
          onProgress,
          signal,
          parts,
        );
        return parts.complete(result as Result<Unpacked>);
      },
    },
    close() {
      for (const worker of Array.from(running.keys()))
        end(worker)?.done(refuse('exchange.cancelled'));
      for (const worker of idle.splice(0)) worker.terminate();
      for (const task of queue.splice(0)) task.done(refuse('exchange.cancelled'));
      started = 0;
    },
  };
}
