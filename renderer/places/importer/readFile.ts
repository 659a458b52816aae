/** Reads a spreadsheet in a worker of its own, which is ended when the person calls it off. */
import { refuse, type Result } from '../../../shared/result';
import type { ReadRequest, ReadSheet } from '../../workers/tabularRead';

/** Undefined when called off. Refusals: those of the reader, `import.reader` when it crashed. */
export function readFile(
  request: ReadRequest,
  signal: AbortSignal,
): Promise<Result<ReadSheet> | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('../../workers/tabular.ts', import.meta.url), {
      type: 'module',
    });
    const finish = (result: Result<ReadSheet> | undefined) => {
      worker.terminate();
      resolve(result);
    };
    signal.addEventListener('abort', () => finish(undefined), { once: true });
    worker.addEventListener('message', (event: MessageEvent<Result<ReadSheet>>) =>
      finish(event.data),
    );
    // A sheet too large for the memory ends the worker, not the page.
    worker.addEventListener('error', () => finish(refuse('import.reader')));
    worker.postMessage(request, []);
  });
}
