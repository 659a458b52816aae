/**
 * An extract: chosen records as they are now, for somebody outside. No changes, no signatures of
 * authors, no version vector: nothing in it can be taken for the log, or for everything.
 */
import type { Fields, RecordId } from '../log/change';
import { ok, refuse, type Result } from '../result';
import type { Codec } from './codec';
import { MAX_LINE, MAX_SEGMENT } from './limits';
import {
  hasKeys,
  isFieldName,
  isKindName,
  isObject,
  isRecordId,
  isValue,
  parseExact,
} from './strict';

export interface ExtractRecord {
  readonly k: string;
  readonly id: RecordId;
  readonly f: Fields;
}

const HEADER = '{"holdfast":"extract","v":1}';

export const encodeExtract = (
  records: readonly ExtractRecord[],
  codec: Codec,
): Promise<Uint8Array> =>
  codec.gzip(
    codec.encode(
      [HEADER, ...records.map(({ k, id, f }) => JSON.stringify({ k, id, f })), ''].join('\n'),
    ),
  );

/** Refusals: `exchange.damaged`, `exchange.bomb`, `exchange.segment` with the `line`. */
export async function decodeExtract(
  bytes: Uint8Array,
  codec: Codec,
): Promise<Result<readonly ExtractRecord[]>> {
  const unpacked = await codec.gunzip(bytes, MAX_SEGMENT);
  if (!unpacked.ok) return unpacked;
  const text = codec.decode(unpacked.value);
  if (text === undefined || !text.endsWith('\n')) return refuse('exchange.damaged');
  const lines = text.slice(0, -1).split('\n');
  if (lines[0] !== HEADER) return refuse('exchange.segment', { line: 1 });
  const records: ExtractRecord[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0) continue;
    const value = line.length > MAX_LINE ? undefined : parseExact(line);
    if (!isRecord(value)) return refuse('exchange.segment', { line: i + 1 });
    records.push(value);
  }
  return ok(records);
}

const isRecord = (value: unknown): value is ExtractRecord =>
  isObject(value) &&
  hasKeys(value, ['k', 'id', 'f']) &&
  isKindName(value.k) &&
  isRecordId(value.id) &&
  isObject(value.f) &&
  Object.entries(value.f).every(([name, each]) => isFieldName(name) && isValue(each));
