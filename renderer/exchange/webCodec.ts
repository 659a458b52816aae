/** The codec on web standards: the same code in pages, workers and Node. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Codec } from '../../shared/exchange/codec';
import { ok, refuse } from '../../shared/result';
import { fromBase64Url } from './base64';

/**
 * Input is fed in slices, so that a bomb is inflated at most one slice (about 16 MB) past the limit:
 * a decompression stream turns a whole chunk over before it looks whether anybody still reads.
 */
const SLICE = 16 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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
    return hex(new Uint8Array(digest));
  },

  hasher() {
    const hash = sha256.create();
    return { update: (bytes) => void hash.update(bytes), digest: () => hex(hash.digest()) };
  },

  async verify(publicKey, signature, message) {
    try {
      const key = await importedKey(publicKey);
      const bytes = encoder.encode(message);
      return await crypto.subtle.verify('Ed25519', key, fromBase64Url(signature), bytes);
    } catch {
      // A key or signature of a wrong form proves nothing; the platform says so by throwing.
      return false;
    }
  },

  encode: (text) => encoder.encode(text),

  decode(bytes) {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  },
};

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += PAIRS[byte];
  return text;
}

/** One author's key checks many segments. */
const keys = new Map<string, Promise<CryptoKey>>();
const KEYS_KEPT = 500;

function importedKey(publicKey: string): Promise<CryptoKey> {
  const known = keys.get(publicKey);
  if (known) return known;
  if (keys.size >= KEYS_KEPT) keys.clear();
  const key = crypto.subtle.importKey('raw', fromBase64Url(publicKey), 'Ed25519', true, ['verify']);
  keys.set(publicKey, key);
  return key;
}

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
