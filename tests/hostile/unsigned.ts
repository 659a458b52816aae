/** Files that nobody signed, of somebody who belongs to nobody: anybody can make them. */
import { webCodec } from '../../renderer/exchange/webCodec';
import { segmentName } from '../../shared/exchange/manifest';
import { encodeSegment, type Segment } from '../../shared/exchange/segment';
import type { WorldClock } from '../simulator/machine';
import { encode, partsOf, tar } from './forger';

export type Made = Pick<Segment, 'replica' | 'from' | 'to' | 'bytes' | 'sha256'> & {
  /** What it says was signed, by its author or not. */
  readonly sig?: string | undefined;
};

let files = 0;

/** With these segments in place of those of a good file. */
export function unsigned(good: Uint8Array, segments: readonly Made[]): Uint8Array {
  const { manifest } = partsOf(good);
  const replica = segments[0]?.replica ?? '';
  const says = {
    id: `file-forged${String(++files).padStart(4, '0')}`,
    from: { replica: 'zzzzzzzzzz-0', name: 'x', role: 'site' },
    tips: {},
    roster: null,
    blobs: [],
    have: { [replica]: segments.at(-1)?.to },
    segments: segments.map(({ bytes, ...each }) => ({
      name: segmentName(each),
      ...each,
      size: bytes.length,
    })),
  };
  const parts = segments.map((each) => ({ name: segmentName(each), bytes: each.bytes }));
  return tar([{ name: 'manifest.json', bytes: encode({ ...manifest, ...says }) }, ...parts]);
}

/** Changes from that number on, by nobody knows whom. */
export function forgedAt(
  { now }: WorldClock,
  replica: string,
  first: number,
  prev?: string,
  count = 1,
): Promise<Segment> {
  const changes = Array.from({ length: count }, (_, i) => {
    const s = first + i;
    const id = `ci${String(s).padStart(14, '0')}`;
    const t = [now, 0] as const;
    return { r: replica, s, t, by: 'x', k: 'ci', kv: 1, id, f: { name: 'forged' } };
  });
  return encodeSegment(changes, prev, webCodec);
}

/** With a signature that its author did not make. */
export const falsely = (each: Segment): Segment => {
  const { sig = '' } = each;
  return { ...each, sig: (sig.startsWith('A') ? 'B' : 'A') + sig.slice(1) };
};
