/**
 * The rules of exchange format 1 as they were released, frozen and written a second time with nothing
 * of the program: what this accepts, a device of the first release reads.
 */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';

const KEYS =
  'format version minReader id createdAt organisation from to type chain have segments blobs kinds'.split(
    ' ',
  );
const SEGMENT_KEYS = ['name', 'replica', 'from', 'to', 'size', 'sha256'];
const CHANGE_KEYS = ['r', 's', 't', 'by', 'k', 'kv', 'id', 'f'];
const BLOCK = 512;

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

interface SegmentEntry {
  readonly name: string;
  readonly replica: string;
  readonly from: number;
  readonly to: number;
  readonly size: number;
  readonly sha256: string;
}

function entriesOf(tar: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  while (tar[at]) {
    const field = (from: number, length: number) =>
      tar
        .subarray(at + from, at + from + length)
        .toString('latin1')
        .replace(/[\0 ].*$/s, '');
    const prefix = field(345, 155);
    const size = Number.parseInt(field(124, 12), 8);
    const name = prefix ? `${prefix}/${field(0, 100)}` : field(0, 100);
    entries.push({ name, bytes: tar.subarray(at + BLOCK, at + BLOCK + size) });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

const need = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`format 1: ${what}`);
};

/** The changes inside. Throws with the first rule that does not hold. */
export function readAsFormatOne(archive: Uint8Array): readonly Record<string, unknown>[] {
  const [head, ...others] = entriesOf(Buffer.from(archive));
  need(head?.name === 'manifest.json', 'the manifest comes first');
  const manifest = JSON.parse(head?.bytes.toString('utf8') ?? '') as Record<string, unknown> & {
    version: number;
    minReader: number;
    type: string;
    blobs: readonly unknown[];
    have: Record<string, number>;
    segments: readonly SegmentEntry[];
  };
  need(manifest.format === 'holdfast-exchange', 'format');
  need(manifest.minReader <= 1, 'minReader');
  need(
    KEYS.every((key) => Object.hasOwn(manifest, key)),
    'keys',
  );
  need(['snapshot', 'delta', 'receipt'].includes(manifest.type), 'type');
  need(manifest.blobs.length === 0, 'blobs');
  const signed = manifest.version > 1 && others[0]?.name === 'manifest.sig';
  const listed = signed ? others.slice(1) : others;
  need(listed.length === manifest.segments.length, 'entries');
  need(manifest.type !== 'receipt' || listed.length === 0, 'a receipt brings nothing');
  return manifest.segments.flatMap((segment, i) => {
    const entry = listed[i];
    need(
      SEGMENT_KEYS.every((key) => Object.hasOwn(segment, key)),
      'keys of a segment',
    );
    const name = `segments/${segment.replica}-${segment.from}-${segment.to}.ndjson.gz`;
    need(entry?.name === name && segment.name === name, 'name');
    const bytes = entry?.bytes ?? Buffer.alloc(0);
    need(bytes.length === segment.size, 'size');
    need(createHash('sha256').update(bytes).digest('hex') === segment.sha256, 'sha256');
    need(segment.to <= (manifest.have[segment.replica] ?? 0), 'have');
    const [first = '', ...lines] = gunzipSync(bytes).toString('utf8').trimEnd().split('\n');
    const header = JSON.parse(first) as Record<string, unknown>;
    need(
      Object.keys(header).toSorted().join(' ') === 'from holdfast prev r to v' && header.v === 1,
      'header',
    );
    need(lines.length === segment.to - segment.from + 1, 'lines');
    return lines.map((line, n) => {
      const change = JSON.parse(line) as Record<string, unknown>;
      need(
        CHANGE_KEYS.every((key) => Object.hasOwn(change, key)) &&
          Object.keys(change).every((key) => [...CHANGE_KEYS, 'o', 'g', 'why'].includes(key)),
        'keys of a change',
      );
      need(change.r === segment.replica && change.s === segment.from + n, 'sequence');
      return change;
    });
  });
}
