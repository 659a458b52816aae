/** Encryption of the file in the age format (age-encryption.org/v1): for devices, or with a passphrase. */
import { Decrypter, Encrypter } from 'age-encryption';
import { MAX_FILE, MAX_SCRYPT_LOG_N } from '../../shared/exchange/limits';
import type { SealKind } from '../../shared/exchange/manifest';
import type { OpenedFile, RawBytes } from '../../shared/exchange/trust';
import type { Progress } from '../../shared/exchange/openSegments';
import { PIECE, readPiece, sizeOf, type Bytes } from '../../shared/largeBytes';
import { ok, refuse, type Result } from '../../shared/result';
import { looksLikeRequest } from '../../shared/trust/request';

/** log2 of the scrypt cost: about two seconds and 256 MB per guess. */
export const WORK_FACTOR = 18;

/** log2 of a scrypt cost that takes a few milliseconds. */
const CHEAP_LOG_N = 10;

const MAGIC = 'age-encryption.org/v1\n';
/** Start of a header: magic and the first stanza; the header's MAC ends it. */
const HEADER = /^age-encryption\.org\/v1\n-> (\S+)((?: \S+)*)\n/;
/** Bytes of a header looked at: enough for thousands of recipients. */
const MAX_HEADER = 1024 * 1024;
/** First block of a tar, and where its format is named. */
const BLOCK = 512;
const USTAR_AT = 257;
const CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;
/** Chunks read from a disk at a time: 2 MB. */
const CHUNKS_AT_ONCE = 32;

/** How a file is protected on its way. */
export type SealFor =
  | { readonly kind: 'passphrase'; readonly passphrase: string; readonly workFactor?: number }
  /** age recipients: the devices it is meant for, and the recovery key. */
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] }
  /** Signed only: anybody can read it. */
  | { readonly kind: 'clear' };

/** What may open a file: this device's private key, a recovery key that was typed, a passphrase. */
export interface Openers {
  readonly identities: readonly (CryptoKey | string)[];
  readonly passphrase: string;
}

/** The same text typed on another keyboard must open the file. */
const normal = (passphrase: string): string => passphrase.normalize('NFC');

export const seal = async (archive: Uint8Array, how: SealFor): Promise<Uint8Array> =>
  how.kind === 'clear' ? archive : encrypterFor(how).encrypt(archive);

/** The same while the archive is being made. */
export const sealStream = async (
  archive: ReadableStream<Uint8Array>,
  how: SealFor,
): Promise<ReadableStream<Uint8Array>> =>
  how.kind === 'clear' ? archive : encrypterFor(how).encrypt(archive);

function encrypterFor(how: Exclude<SealFor, { kind: 'clear' }>): Encrypter {
  const encrypter = new Encrypter();
  if (how.kind === 'passphrase') {
    encrypter.setPassphrase(normal(how.passphrase));
    encrypter.setScryptWorkFactor(how.workFactor ?? WORK_FACTOR);
  } else {
    for (const recipient of new Set(how.recipients)) encrypter.addRecipient(recipient);
  }
  return encrypter;
}

const latin = new TextDecoder('latin1');

/** What a file is, from its first bytes: whether to ask for a passphrase. */
export function sortOf(raw: Uint8Array): SealKind | 'request' | undefined {
  const text = latin.decode(raw.subarray(0, BLOCK));
  if (looksLikeRequest(text)) return 'request';
  if (text.startsWith(MAGIC)) {
    return text.slice(MAGIC.length).startsWith('-> scrypt ') ? 'passphrase' : 'recipients';
  }
  return text.slice(USTAR_AT).startsWith('ustar') ? 'clear' : undefined;
}

/** No passphrase, or one so cheap to try that nobody notices it on the page. */
export function opensAtOnce(raw: Uint8Array): boolean {
  const stanza = HEADER.exec(latin.decode(raw.subarray(0, BLOCK)));
  if (stanza?.[1] !== 'scrypt') return true;
  return Number(stanza[2]?.trim().split(' ')[1]) <= CHEAP_LOG_N;
}

/**
 * Decrypts the whole file before anything of it is used. Refusals: `exchange.tooLarge` with `max`
 * (MB), `exchange.notHoldfast`, `exchange.truncated`, `exchange.recipient` (sealed for other devices),
 * `exchange.workFactor`, `exchange.passphrase`, `exchange.damaged`.
 */
export async function open(
  raw: RawBytes,
  openers: Openers,
  onProgress: Progress = () => undefined,
): Promise<Result<OpenedFile>> {
  if (sortOf(raw) === 'clear' && raw.length <= MAX_FILE) return ok(raw as unknown as OpenedFile);
  const opening = await openPieces(raw, openers, onProgress);
  if (!opening.ok) return opening;
  const { size, pieces } = opening.value;
  const out = new Uint8Array(size);
  let at = 0;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) return value.ok ? ok(out as unknown as OpenedFile) : value;
    out.set(value, at);
    at += value.length;
  }
}

/** An archive on its way. Nothing of it is to be used before its end has come, and well. */
export interface Opening {
  readonly pieces: AsyncGenerator<Uint8Array, Result<null>, undefined>;
  /** Bytes of the archive. */
  readonly size: number;
}

/** The same piece by piece, for a file of any size: what fails later comes at the end of the pieces. */
export async function openPieces(
  raw: Bytes,
  openers: Openers,
  onProgress: Progress = () => undefined,
): Promise<Result<Opening>> {
  const size = sizeOf(raw);
  if (size > MAX_FILE) return refuse('exchange.tooLarge', { max: MAX_FILE / 1024 / 1024 });
  const head = await readPiece(raw, 0, Math.min(size, MAX_HEADER));
  if (sortOf(head) === 'clear') return ok({ pieces: plainPieces(raw, onProgress), size });
  const header = checkHeader(head, size);
  if (!header.ok) return header;
  const { length, kind } = header.value;
  if (kind === 'recipients' && openers.identities.length === 0) return refuse('exchange.recipient');
  const decrypter = kind === 'passphrase' ? withPassphrase(openers) : withIdentities(openers);
  let stream: ReadableStream<Uint8Array>;
  try {
    stream = await decrypter.decrypt(slices(raw, length));
  } catch {
    // The library throws for a wrong passphrase or key and for a changed header alike.
    return refuse(kind === 'passphrase' ? 'exchange.passphrase' : 'exchange.recipient');
  }
  const payload = size - length - NONCE;
  const chunks = Math.ceil(payload / (CHUNK + TAG));
  const lastSize = payload - (chunks - 1) * (CHUNK + TAG);
  if (lastSize < TAG || (lastSize === TAG && chunks > 1)) return refuse('exchange.truncated');
  return ok({
    pieces: decrypted(stream, chunks, payload, onProgress),
    size: payload - chunks * TAG,
  });
}

function withPassphrase({ passphrase }: Openers): Decrypter {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normal(passphrase));
  return decrypter;
}

/** The key of this device opens file after file, and preparing it takes as long as using it. */
const prepared = new WeakMap<CryptoKey, Decrypter>();

function withIdentities({ identities }: Openers): Decrypter {
  const [first] = identities;
  const only = identities.length === 1 && typeof first === 'object' ? first : undefined;
  const known = only && prepared.get(only);
  if (known) return known;
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  if (only) prepared.set(only, decrypter);
  return decrypter;
}

interface Header {
  /** Bytes. */
  readonly length: number;
  readonly kind: 'passphrase' | 'recipients';
}

/** A look at what kind of file it is, before anything is computed for it. */
function checkHeader(head: Uint8Array, size: number): Result<Header> {
  const text = latin.decode(head);
  if (!text.startsWith(MAGIC)) {
    return refuse(text && MAGIC.startsWith(text) ? 'exchange.truncated' : 'exchange.notHoldfast');
  }
  const stanza = HEADER.exec(text);
  const mac = text.indexOf('\n--- ');
  const end = mac < 0 ? -1 : text.indexOf('\n', mac + 1);
  if (size < MAX_HEADER && (end < 0 || size < end + 1 + NONCE + TAG)) {
    return refuse('exchange.truncated');
  }
  if (!stanza || end < 0) return refuse('exchange.damaged');
  if (stanza[1] !== 'scrypt') return ok({ length: end + 1, kind: 'recipients' });
  const logN = Number(stanza[2]?.trim().split(' ')[1]);
  if (!(logN <= MAX_SCRYPT_LOG_N)) return refuse('exchange.workFactor');
  return ok({ length: end + 1, kind: 'passphrase' });
}

/**
 * The last chunk carries its own mark, so a file that was cut off fails there; a changed byte fails
 * in its chunk. That tells the person whether to copy the file again or to distrust it.
 */
async function* decrypted(
  stream: ReadableStream<Uint8Array>,
  chunks: number,
  payload: number,
  onProgress: Progress,
): AsyncGenerator<Uint8Array, Result<null>, undefined> {
  const reader = stream.getReader();
  let at = 0;
  for (;;) {
    let next: ReadableStreamReadResult<Uint8Array>;
    try {
      next = await reader.read();
    } catch {
      // Authentication failed; the library has no other way to say so.
      return refuse(at >= (chunks - 1) * CHUNK ? 'exchange.truncated' : 'exchange.damaged');
    }
    if (next.done) return ok(null);
    yield next.value;
    at += next.value.length;
    onProgress(at, payload - chunks * TAG);
  }
}

async function* plainPieces(
  raw: Bytes,
  onProgress: Progress,
): AsyncGenerator<Uint8Array, Result<null>, undefined> {
  const size = sizeOf(raw);
  for (let at = 0; at < size; at += PIECE) {
    onProgress(at, size);
    try {
      yield await readPiece(raw, at, Math.min(at + PIECE, size));
    } catch {
      // The one reason that reading has to fail: the medium no longer gives these bytes.
      return refuse('exchange.truncated');
    }
  }
  return ok(null);
}

/**
 * The header with the nonce first, then one chunk at a time: so progress can be told, and a chunk that
 * fails takes none before it along.
 */
function slices(raw: Bytes, header: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const size = sizeOf(raw);
  let ahead: Uint8Array = new Uint8Array();
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      const length = at === 0 ? header + NONCE : CHUNK + TAG;
      if (ahead.length === 0) {
        // What is in memory costs nothing to ask for.
        const most = at === 0 || raw instanceof Uint8Array ? length : length * CHUNKS_AT_ONCE;
        ahead = await readPiece(raw, at, Math.min(at + most, size));
      }
      const chunk = ahead.subarray(0, length);
      ahead = ahead.subarray(length);
      at += chunk.length;
      if (chunk.length > 0) controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
      if (at >= size) controller.close();
    },
  });
}
