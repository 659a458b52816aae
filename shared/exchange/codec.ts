/** What packing needs of the platform; renderer/exchange/webCodec.ts implements it. */
import type { Result } from '../result';

/** SHA-256 over what comes piece by piece. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Lower-case hex; once, at the end. */
  digest(): string;
}

export interface Codec {
  gzip(bytes: Uint8Array): Promise<Uint8Array>;
  /**
   * Stops inflating as soon as more than `maxBytes` come out. Refusals: `exchange.damaged` for
   * bytes that are no gzip, `exchange.bomb` for too much.
   */
  gunzip(bytes: Uint8Array, maxBytes: number): Promise<Result<Uint8Array>>;
  /** Lower-case hex. */
  sha256(bytes: Uint8Array): Promise<string>;
  /** For bytes that never stand in memory at once; slower than `sha256`. */
  hasher(): Hasher;
  /** Ed25519. Key and signature in base64url without padding; the message as UTF-8. */
  verify(publicKey: string, signature: string, message: string): Promise<boolean>;
  /** UTF-8, without a byte order mark. */
  encode(text: string): Uint8Array;
  /** Undefined when the bytes are not strict UTF-8. */
  decode(bytes: Uint8Array): string | undefined;
}
