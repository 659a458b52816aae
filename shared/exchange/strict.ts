/** Small checks for JSON that strangers wrote: exact keys, plain values, nothing that hides. */
import type { Dot, ReplicaId, Value } from '../log/change';
import type { Vector } from '../log/vector';
import { MAX_DEPTH, MAX_REPLICAS, MAX_STRING } from './limits';

export type Json = { readonly [key: string]: unknown };

/** Never a key anywhere: the three doors to prototype pollution. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Good names remembered at most, of each sort. */
const MOST_NAMES = 1000;

const REPLICA = /^[0-9A-Za-z][0-9A-Za-z_-]{0,39}$/;
const RECORD = /^[!-~]{1,200}$/;
const KIND = /^[a-z][0-9A-Za-z]{0,39}$/;
const FIELD = /^\$?[A-Za-z][0-9A-Za-z_]{0,63}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const FILE_ID = /^[0-9A-Za-z-]{8,64}$/;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every required key, and none beside those named. */
export function hasKeys(
  value: Json,
  required: readonly string[],
  optional: readonly string[] = [],
): boolean {
  let met = 0;
  for (const key of Object.keys(value)) {
    if (required.includes(key)) met++;
    else if (!optional.includes(key)) return false;
  }
  return met === required.length;
}

export const isCount = (value: unknown, min = 0): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= min;

/** Text without NUL and lone surrogates, at most `max` UTF-16 units. */
export const isText = (value: unknown, max = MAX_STRING): value is string =>
  typeof value === 'string' && value.length <= max && value.isWellFormed() && !value.includes('\0');

const isSafeKey = (key: string): boolean => !FORBIDDEN.has(key) && isText(key, 1000);

/** Names become keys of plain objects, where `toString` and its like would find something. */
const named = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' &&
  pattern.test(value) &&
  !FORBIDDEN.has(value) &&
  !(value in Object.prototype);

/** A name that stands on line after line is looked at once. */
function oftenNamed(pattern: RegExp): (value: unknown) => boolean {
  const test = named(pattern);
  const good = new Set<string>();
  return (value) => {
    if (typeof value !== 'string') return false;
    if (good.has(value)) return true;
    if (!test(value)) return false;
    if (good.size >= MOST_NAMES) good.clear();
    good.add(value);
    return true;
  };
}

export const isReplica = oftenNamed(REPLICA) as (value: unknown) => value is ReplicaId;
export const isRecordId = named(RECORD) as (value: unknown) => value is string;
export const isKindName = oftenNamed(KIND) as (value: unknown) => value is string;
export const isFieldName = oftenNamed(FIELD) as (value: unknown) => value is string;
export const isSha256 = named(SHA256) as (value: unknown) => value is string;
export const isFileId = named(FILE_ID) as (value: unknown) => value is string;

const SEQUENCE = /^[1-9][0-9]{0,15}$/;

/** The replica and the sequence that a dot names, or undefined. */
export function asDot(value: unknown): { readonly r: ReplicaId; readonly s: number } | undefined {
  if (typeof value !== 'string') return undefined;
  const at = value.lastIndexOf(':');
  const r = value.slice(0, Math.max(0, at));
  const sequence = value.slice(at + 1);
  const s = Number(sequence);
  return isReplica(r) && SEQUENCE.test(sequence) && Number.isSafeInteger(s) ? { r, s } : undefined;
}

export const isDot = (value: unknown): value is Dot => asDot(value) !== undefined;

export function isVector(value: unknown): value is Vector {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MAX_REPLICAS && entries.every(([r, s]) => isReplica(r) && isCount(s, 1));
}

/** A field's value: plain JSON of bounded depth and text. Used on the output of JSON.parse only. */
export function isValue(value: unknown, depth = 0): value is Value {
  if (typeof value === 'string') return isText(value);
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => isValue(item, depth + 1));
  const items = value as Json;
  return Object.keys(items).every((key) => isSafeKey(key) && isValue(items[key], depth + 1));
}

/**
 * Parses JSON that must stand exactly as JSON.stringify writes it. So doubled keys, numbers of odd
 * form and hidden spaces, which two programs could read differently, are refused. Undefined: refused.
 */
export function parseExact(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
