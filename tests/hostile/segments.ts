/** Segments with true hash and true signature over something that no author would write. */
import { webCodec } from '../../renderer/exchange/webCodec';
import type { Category, Hostile } from './corpus';
import {
  encode,
  lineOf,
  packed,
  partsOf,
  withSegments,
  type SegmentForge,
  type Victim,
} from './forger';

const one = (
  name: string,
  code: string,
  forge: (victim: Victim) => SegmentForge | Promise<SegmentForge>,
): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: async (victim) => withSegments(victim, [await forge(victim)]),
});

export const segments: Category = {
  segment: [
    {
      name: 'bytes of another hash',
      code: 'exchange.hash',
      make: async (victim) => {
        const parts = partsOf(victim.good);
        const entries = parts.entries.map((each, i) =>
          i === 0
            ? { ...each, bytes: each.bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }
            : each,
        );
        return packed({ ...parts, entries }, victim.laptop);
      },
    },
    one('no gzip', 'damaged', () => ({ bytes: encode('plain text') })),
    one('gzip cut off', 'damaged', async () => ({
      bytes: (await webCodec.gzip(encode('x'.repeat(5000)))).slice(0, 20),
    })),
    one('gzip with something behind it', 'damaged', async (victim) => {
      const gzip = await webCodec.gzip(encode(`${JSON.stringify(lineOf(victim))}\n`));
      return { bytes: new Uint8Array([...gzip, 1, 2, 3]) };
    }),
    one('a hundred and thirty megabytes of nothing', 'bomb', async () => ({
      bytes: await webCodec.gzip(new Uint8Array(130 * 1024 * 1024)),
    })),
    one('not UTF-8', 'damaged', async () => ({
      bytes: await webCodec.gzip(new Uint8Array([0xff, 0xfe, 0x0a])),
    })),
    one('no end of the last line', 'damaged', () => ({ text: '{"holdfast":"segment"}' })),
    one('no lines at all', 'segment', () => ({ text: '\n' })),
    one('another author in the header', 'segment', () => ({ header: { r: 'other-0' } })),
    one('a segment of the future', 'newer', () => ({ header: { v: 2 } })),
    one('a header with a key too many', 'segment', () => ({ header: { extra: 1 } })),
    one('a header that follows itself', 'segment', () => ({ header: { prev: 'x' } })),
    one('fewer changes than it says', 'segment', ({ next }) => ({ to: next + 3 })),
    one('more changes than it says', 'segment', (victim) => ({
      lines: [lineOf(victim), lineOf(victim, { s: victim.next + 1 })],
      to: victim.next,
    })),
    one('a hole between two changes', 'segment', (victim) => ({
      lines: [lineOf(victim), lineOf(victim, { s: victim.next + 2 })],
    })),
    one('a change of somebody else', 'segment', (victim) => ({
      lines: [lineOf(victim, { r: 'other-0' })],
    })),
    one('lines that end as on Windows', 'segment', (victim) => ({
      lines: [`${JSON.stringify(lineOf(victim))}\r`],
    })),
    one('an empty line', 'segment', () => ({ lines: [''] })),
    one('a line of nine megabytes', 'segment', (victim) => ({
      lines: [
        lineOf(victim, { f: { name: Array.from({ length: 10 }, () => 'x'.repeat(900_000)) } }),
      ],
    })),
    {
      name: 'a segment that does not follow the one before it',
      code: 'exchange.chain',
      make: (victim) =>
        withSegments(victim, [
          {},
          {
            from: victim.next + 1,
            lines: [lineOf(victim, { s: victim.next + 1 })],
            prev: 'f'.repeat(64),
          },
        ]),
    },
    one('signed by another device', 'signature', ({ stranger }) => ({ by: stranger })),
  ],
};
