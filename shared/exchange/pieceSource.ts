/** Bytes that come piece by piece, read as far as is needed. */
import type { Result } from '../result';

export interface PieceSource {
  /** The next `size` bytes, which stay; undefined when fewer are left. */
  peek(size: number): Promise<Uint8Array | undefined>;
  /** At least one byte and at most `most`; undefined at the end. */
  read(most: number): Promise<Uint8Array | undefined>;
  /** Reads on to the end, for nothing but how it ended. */
  drain(): Promise<Result<null>>;
}

export function createPieceSource(
  pieces: AsyncGenerator<Uint8Array, Result<null>, undefined>,
): PieceSource {
  let ahead: Uint8Array = new Uint8Array();
  let ended: Result<null> | undefined;

  async function more(): Promise<boolean> {
    if (ended) return false;
    const next = await pieces.next();
    if (next.done) ended = next.value;
    else ahead = ahead.length === 0 ? next.value : joined([ahead, next.value]);
    return !next.done;
  }

  return {
    async peek(size) {
      while (ahead.length < size) if (!(await more())) return undefined;
      return ahead.subarray(0, size);
    },
    async read(most) {
      while (ahead.length === 0) if (!(await more())) return undefined;
      const piece = ahead.subarray(0, most);
      ahead = ahead.subarray(most);
      return piece;
    },
    async drain() {
      for (;;) {
        ahead = new Uint8Array();
        if (ended) return ended;
        await more();
      }
    },
  };
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
