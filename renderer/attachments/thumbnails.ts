/**
 * Small pictures of attachments, made when first looked at and kept in memory. Keyed by the hash of
 * the bytes, so they are right whatever record asks.
 */
import type { BlobStore } from '../store/blobs';
import { decode, draw } from './reducePhoto';

/** Height in pixels, enough for dense screens. */
const HEIGHT = 240;
/** Addresses kept; the oldest are released first. */
const KEPT = 300;
/** A photo takes 50 MB while it is decoded. */
const AT_ONCE = 2;

const made = new Map<string, string>();
let running = 0;
const waiting: (() => void)[] = [];

async function turn(): Promise<void> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
}

function next(): void {
  running--;
  waiting.shift()?.();
}

export const madeThumbnail = (sha256: string): string | undefined => made.get(sha256);

/** Address of the small picture; undefined when the bytes are no picture or not here. */
export async function makeThumbnail(
  blobs: Pick<BlobStore, 'get'>,
  sha256: string,
  isWanted: () => boolean,
): Promise<string | undefined> {
  await turn();
  try {
    const known = made.get(sha256);
    if (known || !isWanted()) return known;
    const blob = await blobs.get(sha256);
    const bitmap = blob && (await decode(blob, { resizeHeight: HEIGHT, resizeQuality: 'medium' }));
    if (!bitmap) return undefined;
    const small = await draw(bitmap, 1, 'image/webp');
    bitmap.close();
    return small && keep(sha256, URL.createObjectURL(small));
  } finally {
    next();
  }
}

function keep(sha256: string, url: string): string {
  made.set(sha256, url);
  for (const [oldest, address] of made) {
    if (made.size <= KEPT) break;
    made.delete(oldest);
    URL.revokeObjectURL(address);
  }
  return url;
}
