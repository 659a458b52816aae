/** Encryption of the file with a passphrase, in the age format (age-encryption.org/v1). */
import { Decrypter, Encrypter } from 'age-encryption';
import { MAX_FILE, MAX_SCRYPT_LOG_N } from '../../shared/exchange/limits';
import type { OpenedFile, RawBytes } from '../../shared/exchange/trust';
import type { Progress } from '../../shared/exchange/verify';
import { ok, refuse, type Result } from '../../shared/result';

/** log2 of the scrypt cost: about two seconds and 256 MB per guess. */
export const WORK_FACTOR = 18;

const MAGIC = 'age-encryption.org/v1\n';
/** Header of a passphrase file: magic, one stanza, the header's MAC. */
const HEADER = /^age-encryption\.org\/v1\n-> (\S+)((?: \S+)*)\n/;
const CHUNK = 64 * 1024;
const TAG = 16;
const NONCE = 16;

/** The same text typed on another keyboard must open the file. */
const normal = (passphrase: string): string => passphrase.normalize('NFC');

export async function seal(
  archive: Uint8Array,
  passphrase: string,
  workFactor: number,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normal(passphrase));
  encrypter.setScryptWorkFactor(workFactor);
  return encrypter.encrypt(archive);
}

/**
 * Decrypts the whole file before anything of it is used. Refusals: `exchange.tooLarge` with `max`
 * (MB), `exchange.notHoldfast`, `exchange.truncated`, `exchange.recipient` (sealed for a key, not a
 * passphrase), `exchange.workFactor`, `exchange.passphrase`, `exchange.damaged`.
 */
export async function open(
  raw: RawBytes,
  passphrase: string,
  onProgress: Progress = () => undefined,
): Promise<Result<OpenedFile>> {
  if (raw.length > MAX_FILE) return refuse('exchange.tooLarge', { max: MAX_FILE / 1024 / 1024 });
  const header = checkHeader(raw);
  if (!header.ok) return header;
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normal(passphrase));
  let stream: ReadableStream<Uint8Array>;
  try {
    stream = await decrypter.decrypt(slices(raw, header.value));
  } catch {
    // The library throws for a wrong passphrase and for a changed header alike.
    return refuse('exchange.passphrase');
  }
  return readAll(stream, raw.length - header.value - NONCE, onProgress);
}

/** Length of the header in bytes, after a look at what kind of file it is. */
function checkHeader(raw: Uint8Array): Result<number> {
  const text = new TextDecoder('latin1').decode(raw.subarray(0, 4096));
  if (!text.startsWith(MAGIC)) {
    return refuse(text && MAGIC.startsWith(text) ? 'exchange.truncated' : 'exchange.notHoldfast');
  }
  const stanza = HEADER.exec(text);
  const mac = text.indexOf('\n--- ');
  const end = mac < 0 ? -1 : text.indexOf('\n', mac + 1);
  if (raw.length < 4096 && (end < 0 || raw.length < end + 1 + NONCE + TAG)) {
    return refuse('exchange.truncated');
  }
  if (!stanza || end < 0) return refuse('exchange.damaged');
  if (stanza[1] !== 'scrypt') return refuse('exchange.recipient');
  const logN = Number(stanza[2]?.trim().split(' ')[1]);
  if (!(logN <= MAX_SCRYPT_LOG_N)) return refuse('exchange.workFactor');
  return ok(end + 1);
}

/**
 * The last chunk carries its own mark, so a file that was cut off fails there; a changed byte fails
 * in its chunk. That tells the person whether to copy the file again or to distrust it.
 */
async function readAll(
  stream: ReadableStream<Uint8Array>,
  payload: number,
  onProgress: Progress,
): Promise<Result<OpenedFile>> {
  const chunks = Math.ceil(payload / (CHUNK + TAG));
  const lastSize = payload - (chunks - 1) * (CHUNK + TAG);
  if (lastSize < TAG || (lastSize === TAG && chunks > 1)) return refuse('exchange.truncated');
  const out = new Uint8Array(payload - chunks * TAG);
  let at = 0;
  try {
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(out as unknown as OpenedFile);
      out.set(value, at);
      at += value.length;
      onProgress(at, out.length);
    }
  } catch {
    // Authentication failed; the library has no other way to say so.
    return refuse(at >= (chunks - 1) * CHUNK ? 'exchange.truncated' : 'exchange.damaged');
  }
}

/** The header with the nonce first, then one chunk at a time, so that progress can be told. */
function slices(raw: Uint8Array, header: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= raw.length) {
        controller.close();
        return;
      }
      const next = at === 0 ? header + NONCE : at + CHUNK + TAG;
      controller.enqueue(raw.slice(at, next));
      at = next;
    },
  });
}
