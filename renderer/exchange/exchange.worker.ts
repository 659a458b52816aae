/** Runs one pack or unpack away from the screen. Cancelling is terminating this worker. */
import { engine, type ProgressReport } from './engine';
import type { WorkerReply, WorkerRequest } from './workerEngine';

const reply = (message: WorkerReply, transfer: Transferable[] = []): void =>
  self.postMessage(message, { transfer });

/** A report per percent is plenty; one per 64 KB would flood the page. */
function sparing(): (report: ProgressReport) => void {
  let last = '';
  return (report) => {
    const percent = report.total ? Math.floor((report.done / report.total) * 100) : 0;
    const key = `${report.stage} ${percent}`;
    if (key === last) return;
    last = key;
    reply({ progress: report });
  };
}

async function run(request: WorkerRequest): Promise<void> {
  if (request.do === 'pack') {
    const result = await engine.pack(request.input, sparing());
    reply({ result }, result.ok ? [result.value.buffer as ArrayBuffer] : []);
  } else {
    reply({ result: await engine.unpack(request.input, sparing()) });
  }
}

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  run(event.data).catch((error: unknown) => {
    // A bug, not a refusal: let the page's error handling have it.
    reply({ failed: error instanceof Error ? error.message : String(error) });
  });
});
