/**
 * Checking the lines of a segment without making objects of them. A line is `plain` when it stands, byte
 * for byte, as this program writes a change whose values are texts, numbers, true, false, null and lists
 * of these: nearly every line there is. Of a plain line it is certain that `asChange(parseExact(line))`
 * accepts it, at a sixth of the time; of any other nothing is said, and it has to be looked at that way.
 */
import type { ReplicaId } from '../log/change';
import { isWhy, LAST_MOMENT, MAX_COUNTER } from './envelope';
import { MAX_LINE, MAX_STRING } from './limits';
import { isFieldName, isKindName, isRecordId, isReplica, parseExact } from './strict';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const CLOSE = 0x7d;
/** Whole numbers of so many digits are written as they are, and are far from every limit. */
const SURE_DIGITS = 15;
/** UTF-8 takes at least as many bytes as UTF-16 takes units. */
const MAX_AUTHOR = 500;
const MAX_NAME = 64;
const MAX_ID = 200;
/** Names remembered at most, of each sort; lines with others are not plain. */
const MOST_NAMES = 1000;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const AFTER = {
  s: ascii(',"t":['),
  t: ascii('],"by":"'),
  by: ascii(',"k":"'),
  k: ascii(',"kv":'),
  kv: ascii(',"id":"'),
  id: ascii(',"f":{"'),
  f: ascii(',"o":{"'),
  g: ascii(',"g":'),
  why: ascii(',"why":'),
};
const COLON_LIST = ascii('":["');
const WORDS = ['true', 'false', 'null'].map(ascii);
/** The escapes JSON.stringify uses, without \u: nothing that only \u can write may pass unseen. */
const SHORT_ESCAPES: ReadonlySet<number> = new Set(ascii('"\\bfnrt'));
/** What a number is made of after its first character. */
const IN_NUMBER: ReadonlySet<number> = new Set(ascii('0123456789.eE+-'));
/** Inside a string: 1 where it may end, something is escaped, or JSON allows no such byte. */
const STOPS = new Uint8Array(256).fill(1, 0, 0x20);
STOPS[QUOTE] = 1;
STOPS[BACKSLASH] = 1;

/**
 * Where a plain line ends: the index of its newline. -1: not plain, or not the change of that sequence.
 * The bytes must be strict UTF-8 and end with a newline.
 */
export type PlainLine = (bytes: Uint8Array, start: number, sequence: number) => number;

/** For lines of that replica. It remembers names, so one serves a whole segment. */
export function createPlainLine(
  replica: ReplicaId,
  decode: (bytes: Uint8Array) => string | undefined,
): PlainLine {
  const head = ascii(`{"r":"${replica}","s":`);
  const own = ascii(`${replica}:`);
  const kinds = createNames(isKindName);
  const fields = createNames(isFieldName);
  const replicas = createNames(isReplica);
  /** By the number of a field's name: the last line that set it, and that overwrote it. */
  const setIn = new Uint32Array(MOST_NAMES);
  const overwrittenIn = new Uint32Array(MOST_NAMES);
  let line = 0;
  /** Many lines in a row were written for the same reason. */
  let goodWhy = new Uint8Array();
  /** What `countAt` has read. */
  let count = 0;

  /** Behind a whole number as JSON.stringify writes it, or -1. */
  function countAt(bytes: Uint8Array, start: number): number {
    let at = start;
    let value = 0;
    while (isDigit(bytes[at] ?? 0)) value = value * 10 + (bytes[at++] ?? 0) - ZERO;
    const digits = at - start;
    count = value;
    const sure = digits > 0 && digits <= SURE_DIGITS && (bytes[start] !== ZERO || digits === 1);
    return sure ? at : -1;
  }

  /** Behind the closing brace of the fields, or -1. `at`: behind the first opening quote. */
  function fieldsAt(bytes: Uint8Array, start: number): number {
    let at = start;
    for (;;) {
      const end = endOfName(bytes, at);
      const name = fields(bytes, at, end);
      if (name < 0 || setIn[name] === line || bytes[end + 1] !== COLON) return -1;
      setIn[name] = line;
      at = valueAt(bytes, end + 2, false);
      if (at < 0) return -1;
      if (bytes[at] === CLOSE) return at + 1;
      if (bytes[at] !== COMMA || bytes[at + 1] !== QUOTE) return -1;
      at += 2;
    }
  }

  /** The same for what the change overwrote: only fields that it sets, only earlier changes. */
  function overwrittenAt(bytes: Uint8Array, start: number, sequence: number): number {
    let at = start;
    for (;;) {
      const end = endOfName(bytes, at);
      const name = fields(bytes, at, end);
      if (name < 0 || setIn[name] !== line || overwrittenIn[name] === line) return -1;
      overwrittenIn[name] = line;
      at = after(bytes, end, COLON_LIST);
      for (;;) {
        at = dotAt(bytes, at, sequence);
        if (at < 0) return -1;
        if (bytes[at] === CLOSE_LIST) break;
        if (bytes[at] !== COMMA || bytes[at + 1] !== QUOTE) return -1;
        at += 2;
      }
      if (bytes[at + 1] === CLOSE) return at + 2;
      if (bytes[at + 1] !== COMMA || bytes[at + 2] !== QUOTE) return -1;
      at += 3;
    }
  }

  /** Behind the closing quote of an earlier dot, or -1. `start`: behind the opening one. */
  function dotAt(bytes: Uint8Array, start: number, sequence: number): number {
    if (start < 0) return -1;
    const mine = after(bytes, start, own);
    let at = mine;
    if (mine < 0) {
      const colon = endOfName(bytes, start, COLON);
      if (replicas(bytes, start, colon) < 0) return -1;
      at = colon + 1;
    }
    at = countAt(bytes, at);
    const earlier = count > 0 && (mine < 0 || count < sequence);
    return at >= 0 && earlier && bytes[at] === QUOTE ? at + 1 : -1;
  }

  function whyAt(bytes: Uint8Array, start: number): number {
    const known = goodWhy.length > 0 ? after(bytes, start, goodWhy) : -1;
    if (known >= 0 && bytes[known] === CLOSE) return known;
    const end = bytes.indexOf(NEWLINE, start) - 1;
    if (end <= start || bytes[end] !== CLOSE) return -1;
    const why = bytes.subarray(start, end);
    if (!isWhy(parseExact(decode(why) ?? ''))) return -1;
    goodWhy = why.slice();
    return end;
  }

  return (bytes, start, sequence) => {
    line++;
    let at = countAt(bytes, after(bytes, start, head));
    if (at < 0 || count !== sequence) return -1;
    at = countAt(bytes, after(bytes, at, AFTER.s));
    if (at < 0 || count > LAST_MOMENT || bytes[at] !== COMMA) return -1;
    at = countAt(bytes, at + 1);
    if (at < 0 || count > MAX_COUNTER) return -1;
    const by = after(bytes, at, AFTER.t);
    at = by < 0 ? -1 : endOfText(bytes, by);
    if (at < 0 || at - by > MAX_AUTHOR) return -1;
    const kind = after(bytes, at + 1, AFTER.by);
    const kindEnd = kind < 0 ? -1 : endOfName(bytes, kind);
    if (kindEnd < 0 || kinds(bytes, kind, kindEnd) < 0) return -1;
    at = countAt(bytes, after(bytes, kindEnd + 1, AFTER.k));
    if (at < 0 || count < 1) return -1;
    const id = after(bytes, at, AFTER.kv);
    at = id < 0 ? -1 : endOfId(bytes, id);
    if (at < 0) return -1;
    const first = after(bytes, at + 1, AFTER.id);
    at = first < 0 ? -1 : fieldsAt(bytes, first);
    if (at < 0) return -1;
    const over = after(bytes, at, AFTER.f);
    if (over >= 0) at = overwrittenAt(bytes, over, sequence);
    const group = at < 0 ? -1 : after(bytes, at, AFTER.g);
    if (group >= 0) {
      at = countAt(bytes, group);
      if (at < 0 || count < 1 || count > sequence) return -1;
    }
    const why = at < 0 ? -1 : after(bytes, at, AFTER.why);
    if (why >= 0) at = whyAt(bytes, why);
    const plain = at >= 0 && bytes[at] === CLOSE && bytes[at + 1] === NEWLINE;
    return plain && at + 1 - start <= MAX_LINE ? at + 1 : -1;
  };
}

/** Behind `text` when it stands at `start`, else -1. */
function after(bytes: Uint8Array, start: number, text: Uint8Array): number {
  if (start < 0) return -1;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return -1;
  return start + text.length;
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** The closing quote of a text, or -1 for an escape or a byte that is not looked at here. */
function endOfText(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    while (STOPS[bytes[at] ?? 0] === 0) at++;
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] !== BACKSLASH || !SHORT_ESCAPES.has(bytes[at + 1] ?? 0)) return -1;
    at += 2;
  }
}

/** Where a name ends that has none of the bytes that would have to be escaped. */
function endOfName(bytes: Uint8Array, start: number, end = QUOTE): number {
  const last = start + MAX_NAME + 1;
  for (let at = start; at <= last; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === end) return at;
    if (STOPS[byte] === 1) return -1;
  }
  return -1;
}

/** The closing quote of a record's id, or -1. Our own ids have digits in them, and no object has. */
function endOfId(bytes: Uint8Array, start: number): number {
  let at = start;
  let digits = 0;
  for (; bytes[at] !== QUOTE; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= 0x20 || byte > 0x7e || byte === BACKSLASH) return -1;
    if (isDigit(byte)) digits++;
  }
  if (at === start || at - start > MAX_ID) return -1;
  return digits > 0 || isRecordId(String.fromCharCode(...bytes.subarray(start, at))) ? at : -1;
}

/** Behind a value, or -1. */
function valueAt(bytes: Uint8Array, start: number, inList: boolean): number {
  const byte = bytes[start] ?? 0;
  if (byte === QUOTE) {
    const end = endOfText(bytes, start + 1);
    return end < 0 || end - start > MAX_STRING ? -1 : end + 1;
  }
  if (byte === MINUS || isDigit(byte)) return endOfNumber(bytes, start);
  if (byte === OPEN_LIST) return inList ? -1 : listAt(bytes, start + 1);
  for (const word of WORDS) {
    const end = after(bytes, start, word);
    if (end >= 0) return end;
  }
  return -1;
}

function listAt(bytes: Uint8Array, start: number): number {
  if (bytes[start] === CLOSE_LIST) return start + 1;
  let at = start;
  for (;;) {
    at = valueAt(bytes, at, true);
    if (at < 0) return -1;
    if (bytes[at] === CLOSE_LIST) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at++;
  }
}

/** Behind the number, or -1 when JSON.stringify would write it otherwise. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const first = at;
  while (isDigit(bytes[at] ?? 0)) at++;
  const digits = at - first;
  const whole = digits > 0 && !IN_NUMBER.has(bytes[at] ?? 0);
  if (whole && digits <= SURE_DIGITS && (bytes[first] !== ZERO || start + 1 === at)) return at;
  while (IN_NUMBER.has(bytes[at] ?? 0)) at++;
  const written = String.fromCharCode(...bytes.subarray(start, Math.min(at, start + 40)));
  return String(Number(written)) === written ? at : -1;
}

/** Gives a good name in ASCII a number of its own, the same wherever it stands; others get -1. */
function createNames(isGood: (name: string) => boolean) {
  const byHash = new Map<number, { readonly text: Uint8Array; readonly number: number }>();
  return (bytes: Uint8Array, start: number, end: number): number => {
    if (end <= start || end - start > MAX_NAME) return -1;
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const known = byHash.get(hash);
    if (known) {
      const same = known.text.length === end - start && after(bytes, start, known.text) === end;
      return same ? known.number : -1;
    }
    const text = bytes.slice(start, end);
    const good = byHash.size < MOST_NAMES && isGood(String.fromCharCode(...text));
    if (!good) return -1;
    byHash.set(hash, { text, number: byHash.size });
    return byHash.size - 1;
  };
}
