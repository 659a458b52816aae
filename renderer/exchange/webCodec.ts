/** The codec on web standards: the same code in pages, workers and Node. */
import type { Codec } from '../../shared/exchange/codec';
import { ok, refuse } from '../../shared/result';

/**
 * Input is fed in slices, so that a bomb is inflated at most one slice (about 16 MB) past the limit:
 * a decompression stream turns a whole chunk over before it looks whether anybody still reads.
 */
const SLICE = 16 * 1024;

export const webCodec: Codec = {
  async gzip(bytes) {
    const packed = new Blob([bytes as Uint8Array<ArrayBuffer>])
      .stream()
      .pipeThrough(new CompressionStream('gzip'));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  },

  async gunzip(bytes, maxBytes) {
    const reader = slices(bytes).pipeThrough(new DecompressionStream('gzip')).getReader();
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return ok(joined(chunks, size));
        size += value.length;
        if (size > maxBytes) {
          await reader.cancel();
          return refuse('exchange.bomb');
        }
        chunks.push(value);
      }
    } catch {
      // The stream's only way to say that the bytes are no gzip, or end too early.
      return refuse('exchange.damaged');
    }
  },

  async sha256(bytes) {
    const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
    return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
  },

  encode: (text) => new TextEncoder().encode(text),

  decode(bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return undefined;
    }
  },
};

function slices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(at, at + SLICE));
      at += SLICE;
    },
  });
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
