/**
 * Whether JSON stands exactly as JSON.stringify writes it, seen from its bytes: writing every line
 * again to compare it costs as much as parsing it.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const NEWLINE = 0x0a;
/** Whole numbers of so many digits are written as they are. */
const SURE_DIGITS = 15;

/** Inside a string: 1 where it may end or something is escaped. */
const STOPS = new Uint8Array(256);
STOPS[QUOTE] = 1;
STOPS[BACKSLASH] = 1;
/** The escapes JSON.stringify uses, without \u: nothing that only \u can write may pass unseen. */
const SHORT_ESCAPES: ReadonlySet<number> = new Set(Array.from('"\\bfnrt', (c) => c.charCodeAt(0)));
/** What a number is made of after its first character. */
const IN_NUMBER: ReadonlySet<number> = new Set(
  Array.from('0123456789.eE+-', (c) => c.charCodeAt(0)),
);

/**
 * How many keys the lines of valid JSON in `bytes` write, or -1 when they may differ from what
 * JSON.stringify would write: spaces between, other escapes, numbers of odd form, keys that look
 * like numbers (their order changes). Equal to `keysIn` of the parsed lines, no key stands twice.
 * It does not check that the bytes are JSON. Any \u escape gives -1, too.
 */
export function keysIfExact(bytes: Uint8Array, start: number): number {
  const end = bytes.length;
  let keys = 0;
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      const first = bytes[at + 1] ?? 0;
      at = endOfString(bytes, at + 1);
      if (at < 0) return -1;
      if (bytes[at] !== COLON) continue;
      if (isDigit(first)) return -1;
      keys++;
      at++;
    } else if (byte === MINUS || isDigit(byte)) {
      at = endOfNumber(bytes, at);
      if (at < 0) return -1;
    } else if (byte <= 0x20 && byte !== NEWLINE) return -1;
    else at++;
  }
  return keys;
}

/** Keys of all objects in a parsed value. */
export function keysIn(value: object): number {
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      if (typeof item === 'object' && item !== null) keys += keysIn(item);
    }
    return keys;
  }
  for (const key in value) {
    keys++;
    const item = (value as Readonly<Record<string, unknown>>)[key];
    if (typeof item === 'object' && item !== null) keys += keysIn(item);
  }
  return keys;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** Behind the closing quote, or -1 for an escape that is not looked at here. */
function endOfString(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    while (STOPS[bytes[at] ?? QUOTE] === 0) at++;
    if (bytes[at] !== BACKSLASH) return at + 1;
    if (!SHORT_ESCAPES.has(bytes[at + 1] ?? 0)) return -1;
    at += 2;
  }
}

/** Behind the number, or -1 when JSON.stringify would write it otherwise. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const first = at;
  while (isDigit(bytes[at] ?? 0)) at++;
  const digits = at - first;
  const whole = !IN_NUMBER.has(bytes[at] ?? 0);
  if (whole && digits <= SURE_DIGITS && (bytes[first] !== ZERO || start + 1 === at)) return at;
  while (IN_NUMBER.has(bytes[at] ?? 0)) at++;
  const written = String.fromCharCode(...bytes.subarray(start, Math.min(at, start + 40)));
  return String(Number(written)) === written ? at : -1;
}
