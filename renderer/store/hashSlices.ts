/**
 * SHA-256 of a file, read slice by slice so that neither a large photo nor a slow stick holds
 * anything up. What is hashed is what is kept: the copy is made from the very bytes that were read,
 * because a file on a stick can change between two readings.
 */
import { sha256 } from '@noble/hashes/sha2.js';

const SLICE = 1024 * 1024;

export interface Hashed {
  readonly sha256: string;
  readonly copy: Blob;
}

/** Undefined when the file could not be read to its end: stick pulled out, permission taken. */
export async function hashSlices(
  source: Blob,
  onProgress: (done: number, total: number) => void,
  isCancelled: () => boolean = () => false,
): Promise<Hashed | 'unreadable' | 'cancelled'> {
  const hash = sha256.create();
  const parts: Blob[] = [];
  for (let at = 0; at < source.size; at += SLICE) {
    if (isCancelled()) return 'cancelled';
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await source.slice(at, at + SLICE).arrayBuffer());
    } catch (error) {
      if (error instanceof DOMException) return 'unreadable';
      throw error;
    }
    hash.update(bytes);
    // One blob for each slice: the browser may keep those on disk instead of in memory.
    parts.push(new Blob([bytes]));
    onProgress(at + bytes.length, source.size);
  }
  return { sha256: hex(hash.digest()), copy: new Blob(parts) };
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
