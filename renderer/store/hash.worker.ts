/** Hashes one large file away from the screen. Cancelling is terminating this worker. */
import { hashSlices } from './hashSlices';
import type { HashReply } from './hashBlob';

const reply = (message: HashReply): void => self.postMessage(message, { transfer: [] });

async function run(source: Blob): Promise<void> {
  let percent = -1;
  const result = await hashSlices(source, (done, total) => {
    const now = Math.floor((done / total) * 100);
    if (now !== percent) reply({ done, total });
    percent = now;
  });
  reply({ result });
}

self.addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  run(data).catch((error: unknown) => {
    // A bug, not a refusal: let the page's error handling have it.
    reply({ failed: error instanceof Error ? error.message : String(error) });
  });
});
