/**
 * Bytes that may be too many to stand in memory at once: they are read piece by piece, from wherever
 * they are. A `Blob` is such.
 */
export interface LargeBytes {
  /** Bytes. */
  readonly size: number;
  slice(from: number, to: number): LargeBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type Bytes = Uint8Array | LargeBytes;

/** Bytes read at a time: few enough for any memory, enough that asking for them costs little. */
export const PIECE = 2 * 1024 * 1024;

/**
 * What is no larger than this is hashed in one go, which is several times faster than piece by piece:
 * nearly every photo.
 */
export const AT_ONCE = 16 * 1024 * 1024;

export const sizeOf = (bytes: Bytes): number =>
  bytes instanceof Uint8Array ? bytes.length : bytes.size;

/** Throws what reading throws, for instance when a stick was pulled out. */
export const readPiece = async (bytes: Bytes, from: number, to: number): Promise<Uint8Array> =>
  bytes instanceof Uint8Array
    ? bytes.subarray(from, to)
    : new Uint8Array(await bytes.slice(from, to).arrayBuffer());
