/**
 * Packing and unpacking, as the worker runs them and as tests call them directly. Nothing here knows
 * the vault: data in, data out.
 */
import type { Manifest } from '../../shared/exchange/manifest';
import { packArchive } from '../../shared/exchange/pack';
import type { Segment } from '../../shared/exchange/segment';
import type { RawBytes } from '../../shared/exchange/trust';
import {
  openSegment,
  verifyFile,
  type OpenSegment,
  type VerifiedFile,
} from '../../shared/exchange/verify';
import { ok, type Result } from '../../shared/result';
import { open, seal } from './seal';
import { webCodec } from './webCodec';

const stages = ['collect', 'key', 'encrypt', 'decrypt', 'verify', 'plan', 'save'] as const;
export type Stage = (typeof stages)[number];

/** `total` is 0 while nothing can be said about how long it takes. */
export interface ProgressReport {
  readonly stage: Stage;
  /** Bytes. */
  readonly done: number;
  readonly total: number;
}
export type OnProgress = (report: ProgressReport) => void;

export interface PackRequest {
  readonly manifest: Manifest;
  readonly segments: readonly Segment[];
  readonly passphrase: string;
  readonly workFactor: number;
}

export interface UnpackRequest {
  readonly bytes: Uint8Array;
  readonly passphrase: string;
  /** Segments of the inbox, to be opened along with the file. */
  readonly inbox: readonly Segment[];
}

export interface Unpacked {
  readonly file: VerifiedFile;
  /** Those of the inbox that opened; others stay in it as they are. */
  readonly inbox: readonly OpenSegment[];
}

export interface Engine {
  pack(
    request: PackRequest,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>>;
  unpack(
    request: UnpackRequest,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<Result<Unpacked>>;
}

export const engine: Engine = {
  async pack({ manifest, segments, passphrase, workFactor }, onProgress) {
    const archive = await packArchive(manifest, segments, webCodec, (done, total) =>
      onProgress({ stage: 'collect', done, total }),
    );
    if (!archive.ok) return archive;
    onProgress({ stage: 'key', done: 0, total: 0 });
    return ok(await seal(archive.value, passphrase, workFactor));
  },

  async unpack({ bytes, passphrase, inbox }, onProgress) {
    onProgress({ stage: 'key', done: 0, total: 0 });
    const opened = await open(bytes as RawBytes, passphrase, (done, total) =>
      onProgress({ stage: 'decrypt', done, total }),
    );
    if (!opened.ok) return opened;
    const file = await verifyFile(opened.value, webCodec, (done, total) =>
      onProgress({ stage: 'verify', done, total }),
    );
    if (!file.ok) return file;
    const held: OpenSegment[] = [];
    for (const segment of inbox) {
      const result = await openSegment(segment, webCodec);
      if (result.ok) held.push(result.value);
    }
    return ok({ file: file.value, inbox: held });
  },
};
