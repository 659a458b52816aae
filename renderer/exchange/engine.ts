/**
 * Packing and unpacking, as the worker runs them and as tests call them directly. Nothing here knows
 * the vault: data in, data out.
 */
import type { BaseFile } from '../../shared/exchange/base';
import type { Codec } from '../../shared/exchange/codec';
import type { Manifest } from '../../shared/exchange/manifest';
import {
  packArchive,
  packPieces,
  type AttachmentCount,
  type PackedBlob,
  type PackProgress,
} from '../../shared/exchange/pack';
import type { Segment } from '../../shared/exchange/segment';
import type { Change } from '../../shared/log/change';
import type { DeviceId } from '../../shared/trust/device';
import type { RawBytes } from '../../shared/exchange/trust';
import {
  openSegment,
  type ReadLines,
  type OpenSegment,
  type Progress,
  type TrustContext,
} from '../../shared/exchange/openSegments';
import { verifyEntries, verifyFile, type VerifiedFile } from '../../shared/exchange/verify';
import type { Bytes } from '../../shared/largeBytes';
import { ok, type Result } from '../../shared/result';
import { keySigner } from './keys';
import { openEntries } from './openEntries';
import { toBlob, toStream } from './pieces';
import { open, seal, sealStream, type Openers, type SealFor } from './seal';
import { webCodec } from './webCodec';

const stages = [
  'collect',
  'attachments',
  'key',
  'encrypt',
  'decrypt',
  'verify',
  'plan',
  'save',
] as const;
export type Stage = (typeof stages)[number];

/** `total` is 0 while nothing can be said about how long it takes. */
export interface ProgressReport {
  readonly stage: Stage;
  /** Bytes. */
  readonly done: number;
  readonly total: number;
  /** In the stage `attachments`. */
  readonly attachment?: AttachmentCount;
}
export type OnProgress = (report: ProgressReport) => void;

export interface PackRequest {
  readonly manifest: Manifest;
  readonly segments: readonly Segment[];
  /** State for a receiver that lacks compacted changes. */
  readonly bases?: readonly BaseFile[];
  readonly blobs: readonly PackedBlob[];
  /** Packed records of an extract. */
  readonly extract?: Uint8Array;
  readonly seal: SealFor;
  /** Signs the manifest; undefined while this device has no keys. */
  readonly sign: SigningKey | undefined;
}

/** The private half stays where it is: a key that can be used, and not read. */
export interface SigningKey {
  readonly device: DeviceId;
  readonly publicKey: string;
  readonly privateKey: CryptoKey;
}

export interface UnpackRequest {
  /** A blob is read piece by piece, and its attachments stay out of memory. */
  readonly bytes: Bytes;
  readonly openers: Openers;
  readonly trust: TrustContext;
  /** Segments of the inbox, to be opened along with the file. */
  readonly inbox: readonly Segment[];
}

export interface Unpacked {
  readonly file: VerifiedFile;
  /** Those of the inbox that opened; others stay in it as they are. */
  readonly inbox: readonly OpenSegment[];
}

/** Only for work that can be thrown away, because the file may yet be refused, or read once more. */
export type OnChanges = (changes: readonly Change[]) => void;

export interface Engine {
  pack(
    request: PackRequest,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>>;
  /** The same for a file of any size: no more than a few pieces of it stand in memory at a time. */
  packLarge(
    request: PackRequest,
    onProgress: OnProgress,
    signal?: AbortSignal,
  ): Promise<Result<Blob>>;
  /** `onChanges`: the changes of each segment ahead of the result, the same objects as in it. */
  unpack(
    request: UnpackRequest,
    onProgress: OnProgress,
    signal?: AbortSignal,
    onChanges?: OnChanges,
  ): Promise<Result<Unpacked>>;
}

export const engine: Engine = {
  async pack({ seal: how, sign, ...input }, onProgress) {
    const archive = await packArchive(
      { ...input, signer: sign && keySigner(sign) },
      webCodec,
      packProgress(onProgress),
    );
    if (!archive.ok) return archive;
    onProgress({ stage: how.kind === 'passphrase' ? 'key' : 'encrypt', done: 0, total: 0 });
    return ok(await seal(archive.value, how));
  },

  async packLarge({ seal: how, sign, ...input }, onProgress) {
    if (how.kind === 'passphrase') onProgress({ stage: 'key', done: 0, total: 0 });
    const archive = toStream(
      packPieces({ ...input, signer: sign && keySigner(sign) }, webCodec, packProgress(onProgress)),
    );
    const file = await toBlob(await sealStream(archive.stream, how));
    const result = archive.result();
    return result.ok ? ok(file) : result;
  },

  unpack: (request, onProgress) => unpack(request, onProgress),
};

const packProgress =
  (onProgress: OnProgress): PackProgress =>
  (done, total, attachment) =>
    onProgress(
      attachment
        ? { stage: 'attachments', done, total, attachment }
        : { stage: 'collect', done, total },
    );

/** `read`: for the segments of the inbox too. */
export async function unpack(
  { bytes, openers, trust, inbox }: UnpackRequest,
  onProgress: OnProgress,
  read?: ReadLines,
  codec: Codec = webCodec,
): Promise<Result<Unpacked>> {
  onProgress({ stage: 'key', done: 0, total: 0 });
  const decrypting: Progress = (done, total) => onProgress({ stage: 'decrypt', done, total });
  const verifying: Progress = (done, total) => onProgress({ stage: 'verify', done, total });
  const file =
    bytes instanceof Uint8Array
      ? await open(bytes as RawBytes, openers, decrypting).then((opened) =>
          opened.ok ? verifyFile(opened.value, codec, trust, verifying, read) : opened,
        )
      : await openEntries(bytes, openers, codec, decrypting).then((opened) =>
          opened.ok ? verifyEntries(opened.value, codec, trust, verifying, read) : opened,
        );
  if (!file.ok) return file;
  const { roster } = file.value;
  return ok({ file: file.value, inbox: await openInbox(inbox, { ...trust, roster }, read) });
}

/**
 * Those that open by the roster in force; the others stay in the inbox as they are. What came before its
 * author was enrolled was not checked then: a signature that now turns out false is none.
 */
export async function openInbox(
  inbox: readonly Segment[],
  trust: TrustContext,
  read?: ReadLines,
): Promise<readonly OpenSegment[]> {
  const out: OpenSegment[] = [];
  for (const segment of inbox) {
    const opened = await openSegment(segment, webCodec, trust, read);
    if (opened.ok) out.push(opened.value);
  }
  return out;
}
