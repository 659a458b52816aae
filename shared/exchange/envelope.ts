/**
 * The envelope of a change as it travels. Kinds and fields of newer releases pass (they are kept
 * and relayed); the envelope itself has exactly these keys in format 1.
 */
import type { Change } from '../log/change';
import { MAX_LINE } from './limits';
import {
  hasKeys,
  asDot,
  isCount,
  isFieldName,
  isKindName,
  isObject,
  isRecordId,
  isReplica,
  isText,
  isValue,
  parseExact,
  type Json,
} from './strict';

/** The last moment that a JavaScript date can show, in milliseconds since 1970. */
export const LAST_MOMENT = 8_640_000_000_000_000;
export const MAX_COUNTER = 2 ** 31;

const REQUIRED = ['r', 's', 't', 'by', 'k', 'kv', 'id', 'f'];
const OPTIONAL = ['o', 'g', 'why'];

/** A change whose every key and value has been looked at, or undefined. */
export function asChange(value: unknown): Change | undefined {
  if (!isObject(value)) return undefined;
  if (!hasKeys(value, REQUIRED, OPTIONAL)) return undefined;
  const sound =
    isReplica(value.r) &&
    isCount(value.s, 1) &&
    isClock(value.t) &&
    isText(value.by, 500) &&
    isKindName(value.k) &&
    isCount(value.kv, 1) &&
    isRecordId(value.id) &&
    isFields(value.f) &&
    (value.o === undefined || isOverwritten(value.o, value.f, value)) &&
    (value.g === undefined || (isCount(value.g, 1) && value.g <= value.s)) &&
    (value.why === undefined || isWhy(value.why));
  return sound ? (value as unknown as Change) : undefined;
}

/**
 * The change as its line of a segment, or undefined when decodeSegment would not read it back.
 * Asked before a change is stored: one that no reader accepts would make the segment it is sealed
 * into unreadable.
 */
export function sendableLine(change: Change): string | undefined {
  const line = JSON.stringify(change);
  // What passes as it is also passes as it is read back; the other way round JSON may have helped.
  const sound = asChange(change) ?? asChange(parseExact(line));
  return sound && line.length <= MAX_LINE ? line : undefined;
}

export const isClock = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === 2 &&
  isCount(value[0]) &&
  value[0] <= LAST_MOMENT &&
  isCount(value[1]) &&
  value[1] <= MAX_COUNTER;

function isFields(value: unknown): value is Json {
  if (!isObject(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => isFieldName(name) && isValue(value[name]));
}

/** Only fields that are set, only earlier changes: a change cannot have seen its own future. */
function isOverwritten(value: unknown, fields: Json, change: Json): boolean {
  if (!isObject(value)) return false;
  for (const field of Object.keys(value)) {
    const dots: unknown = value[field];
    if (!Object.hasOwn(fields, field) || !Array.isArray(dots) || dots.length === 0) return false;
    for (const dot of dots as readonly unknown[]) if (!isEarlier(dot, change)) return false;
  }
  return true;
}

function isEarlier(value: unknown, change: Json): boolean {
  const dot = asDot(value);
  return dot !== undefined && (dot.r !== change.r || dot.s < Number(change.s));
}

export function isWhy(value: unknown): boolean {
  return (
    isObject(value) &&
    hasKeys(value, ['op'], ['label', 'change', 'drill']) &&
    isText(value.op, 100) &&
    (value.label === undefined || isText(value.label, 2000)) &&
    (value.change === undefined || isRecordId(value.change)) &&
    (value.drill === undefined || isRecordId(value.drill))
  );
}
