/** Runs a long computation in slices, so that the page goes on answering. */

/** Longest time, in milliseconds, that a slice keeps the page from painting. */
const SLICE_MS = 12;

export interface RunOptions<P> {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: P) => void;
}

/** The generator's result, or undefined when it was called off. */
export async function runSteps<P, R>(
  steps: Generator<P, R>,
  { signal, onProgress }: RunOptions<P>,
): Promise<R | undefined> {
  let until = performance.now() + SLICE_MS;
  for (;;) {
    if (signal.aborted) return undefined;
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    onProgress(step.value);
    await nextTask();
    until = performance.now() + SLICE_MS;
  }
}

/** After the browser had the chance to show what was set; at once where nothing is painted. */
export function nextPaint(): Promise<void> {
  if (document.visibilityState !== 'visible') return nextTask();
  return new Promise((resolve) => {
    requestAnimationFrame(() => void nextTask().then(resolve));
  });
}

/** Timers would be slowed down to seconds in a window that is not in front; messages are not. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener(
      'message',
      () => {
        port1.close();
        resolve();
      },
      { once: true },
    );
    port1.start();
    port2.postMessage(null, []);
  });
}
