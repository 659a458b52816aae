/**
 * An extract on the device of the outsider who opened it: a log that this device makes up for itself,
 * so that everything which shows records works. It is signed by nobody and never leaves the device.
 */
import type { Change, ReplicaId } from '../log/change';
import type { ExtractRecord } from './extract';
import type { Manifest } from './manifest';

/** Author of that log. Never the name of a device: those are random. */
export const EXTRACT_REPLICA: ReplicaId = 'extract-0';

export const extractChanges = (
  manifest: Pick<Manifest, 'createdAt' | 'from' | 'kinds'>,
  records: readonly ExtractRecord[],
): readonly Change[] =>
  records.map(({ k, id, f }, i) => ({
    r: EXTRACT_REPLICA,
    s: i + 1,
    t: [manifest.createdAt, 0],
    by: manifest.from.name,
    k,
    kv: Object.hasOwn(manifest.kinds, k) ? (manifest.kinds[k] ?? 1) : 1,
    id,
    f,
    why: { op: 'extract' },
  }));
