/** Runs packing and unpacking away from the screen. Cancelling is terminating this worker. */
import { engine, unpack, type ProgressReport, type Unpacked } from './engine';
import type { WorkerReply, WorkerRequest } from './workerEngine';
import type { Result } from '../../shared/result';

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
  } else if (request.do === 'packLarge') {
    reply({ result: await engine.packLarge(request.input, sparing()) });
  } else {
    const result = await unpack(request.input, sparing(), ({ sha256 }, { lines: bytes }) => {
      reply({ lines: { sha256, bytes } }, [bytes.buffer as ArrayBuffer]);
      return [];
    });
    reply({ result }, buffersOf(result));
  }
}

/** The bytes of segments and attachments, which nobody needs here any more. */
function buffersOf(result: Result<Unpacked>): Transferable[] {
  if (!result.ok) return [];
  const { segments, blobs } = result.value.file;
  const parts = [
    ...segments.map(({ segment }) => segment.bytes),
    ...blobs.map(({ bytes }) => bytes).filter((bytes) => bytes instanceof Uint8Array),
  ];
  return [...new Set(parts.map((bytes) => bytes.buffer as ArrayBuffer))];
}

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  run(event.data).catch((error: unknown) => {
    // A bug, not a refusal: let the page's error handling have it.
    reply({ failed: error instanceof Error ? error.message : String(error) });
  });
});
