/** Bytes on their way piece by piece, and what becomes of them at the end. */
import { PIECE } from '../../shared/largeBytes';
import { ok, type Result } from '../../shared/result';

export interface PieceStream {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Once the stream has ended. When it is a refusal, what came out of the stream is of no use. */
  result(): Result<null>;
}

/** Asks for a piece only when somebody reads. */
export function toStream(pieces: AsyncGenerator<Uint8Array, Result<null>, undefined>): PieceStream {
  let result: Result<null> = ok(null);
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        for (;;) {
          const { done, value } = await pieces.next();
          if (done) {
            result = value;
            controller.close();
            return;
          }
          // A pull that gives nothing would not be repeated.
          if (value.length === 0) continue;
          controller.enqueue(value as Uint8Array<ArrayBuffer>);
          return;
        }
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, result: () => result };
}

/**
 * A blob of blobs, none larger than a piece: the browser takes each as it comes, and may keep it on
 * disk instead of in memory.
 */
export interface BlobSink {
  add(piece: Uint8Array): void;
  /** All that was added; once. */
  bytes(): Blob;
}

export function createBlobSink(): BlobSink {
  const parts: Blob[] = [];
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const flush = () => {
    if (size > 0) parts.push(new Blob(pending));
    pending = [];
    size = 0;
  };
  return {
    add(piece) {
      pending.push(piece as Uint8Array<ArrayBuffer>);
      size += piece.length;
      if (size >= PIECE) flush();
    },
    bytes() {
      flush();
      return new Blob(parts);
    },
  };
}

export async function toBlob(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  const sink = createBlobSink();
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return sink.bytes();
    sink.add(value);
  }
}
