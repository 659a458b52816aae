/** Files that are none, encryption headers, and archives. */
import { seal } from '../../renderer/exchange/seal';
import { MAX_FILE } from '../../shared/exchange/limits';
import type { Category, Hostile } from './corpus';
import { encode, partsOf, signed, tar, type Victim } from './forger';

const text = (name: string, code: string, content: string): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: () => encode(content),
});

const header = (stanzas: string, rest = 'x'.repeat(64)) =>
  `age-encryption.org/v1\n${stanzas}\n--- ${'m'.repeat(43)}\n${rest}`;

/** The good archive with one block of its first header changed. */
const headerByte = (name: string, code: string, change: (block: Uint8Array) => void): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: ({ good }) => {
    const bad = good.slice();
    change(bad.subarray(0, 512));
    const sum = bad
      .subarray(0, 512)
      .fill(0x20, 148, 156)
      .reduce((total, byte) => total + byte, 0);
    bad.set(encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    return bad;
  },
});

const put = (at: number, value: string) => (block: Uint8Array) => block.set(encode(value), at);

const sealedPart =
  (change: (bytes: Uint8Array) => Uint8Array) =>
  ({ sealed }: Victim): Uint8Array =>
    change(sealed.slice());

/** A large sealed file, so that it has several encrypted chunks. */
const inChunks = async ({ hq }: Victim, change: (bytes: Uint8Array) => Uint8Array) => {
  const recipient = hq.vault.trust.keys()?.box ?? '';
  const noise = new Uint8Array(200_000).map((_, i) => (i * 7919) % 251);
  const file = await seal(tar([{ name: 'manifest.json', bytes: noise }]), {
    kind: 'recipients',
    recipients: [recipient],
  });
  return change(file);
};
const CHUNK = 65_536 + 16;

const archive = (
  name: string,
  code: string,
  entries: (
    victim: Victim,
    list: { name: string; bytes: Uint8Array }[],
  ) => {
    name: string;
    bytes: Uint8Array;
  }[],
): Hostile => ({
  name,
  code: `exchange.${code}`,
  make: async (victim) => {
    const { manifest, entries: rest } = partsOf(victim.good);
    const head = encode(manifest);
    const signature = await signed(victim.laptop, head);
    return tar(
      entries(victim, [
        { name: 'manifest.json', bytes: head },
        { name: 'manifest.sig', bytes: signature },
        ...rest,
      ]),
    );
  },
});

export const containers: Category = {
  container: [
    text('nothing at all', 'notHoldfast', ''),
    text('a letter', 'notHoldfast', 'Dear all, please find attached'),
    text('a zip', 'notHoldfast', 'PK\u0003\u0004'.padEnd(2000, 'x')),
    text('a web page', 'notHoldfast', '<!doctype html><script>alert(1)</script>'),
    text('JSON', 'notHoldfast', '{"format":"holdfast-exchange"}'),
    text('armoured age', 'notHoldfast', '-----BEGIN AGE ENCRYPTED FILE-----\n'),
    text('the first half of the first line', 'truncated', 'age-encryption'),
    text('a later age', 'notHoldfast', 'age-encryption.org/v2\n-> X25519 a\nb\n--- c\n'),
    {
      name: 'more bytes than anybody would carry',
      code: 'exchange.tooLarge',
      make: () => new Uint8Array(MAX_FILE + 1),
    },
  ],
  'age header': [
    text('a work factor of hours', 'workFactor', header('-> scrypt abc 30\nxyz')),
    text('a work factor that is no number', 'workFactor', header('-> scrypt abc ten\nxyz')),
    text('a work factor that is not said', 'workFactor', header('-> scrypt abc\nxyz')),
    text('two passphrases', 'passphrase', header('-> scrypt a 1\nx\n-> scrypt b 1\ny')),
    text('a recipient of another sort', 'recipient', header('-> tlock 1234\nxyz')),
    text('a recipient that is no key', 'recipient', header('-> X25519 abc\nxyz')),
    text('no end of the header', 'truncated', 'age-encryption.org/v1\n-> X25519 abc\nxyz\n'),
    text(
      'a header of a megabyte',
      'damaged',
      `age-encryption.org/v1\n-> X25519 ${'a'.repeat(1_100_000)}`,
    ),
    {
      name: 'sealed for somebody else',
      code: 'exchange.recipient',
      make: async ({ good, stranger }) =>
        seal(good, { kind: 'recipients', recipients: [stranger.vault.trust.keys()?.box ?? ''] }),
    },
    { name: 'header cut', code: 'exchange.truncated', make: sealedPart((b) => b.slice(0, 150)) },
    {
      name: 'header changed',
      code: 'exchange.recipient',
      make: sealedPart((bytes) => {
        bytes[30] = (bytes[30] ?? 0) ^ 1;
        return bytes;
      }),
    },
    { name: 'last byte gone', code: 'exchange.truncated', make: sealedPart((b) => b.slice(0, -1)) },
    {
      name: 'last chunk gone',
      code: 'exchange.truncated',
      make: (victim) =>
        inChunks(victim, (b) => b.slice(0, b.length - ((b.length - 300) % CHUNK) - 1)),
    },
    {
      name: 'two chunks exchanged',
      code: 'exchange.damaged',
      make: (victim) =>
        inChunks(victim, (bytes) => {
          const at = bytes.length - 3 * CHUNK;
          const first = bytes.slice(at, at + CHUNK);
          bytes.copyWithin(at, at + CHUNK, at + 2 * CHUNK);
          bytes.set(first, at + CHUNK);
          return bytes;
        }),
    },
    {
      name: 'sealed twice',
      code: 'exchange.archive',
      make: async ({ sealed, hq }) =>
        seal(sealed, { kind: 'recipients', recipients: [hq.vault.trust.keys()?.box ?? ''] }),
    },
  ],
  archive: [
    headerByte('a link', 'archive', put(156, '2')),
    headerByte('a hard link', 'archive', put(156, '1')),
    headerByte('a device', 'archive', put(156, '3')),
    headerByte('a folder', 'archive', put(156, '5')),
    headerByte('a PAX record', 'archive', put(156, 'x')),
    headerByte('a GNU long name', 'archive', put(156, 'L')),
    headerByte('a size in base 256', 'archive', put(124, '\u007f')),
    headerByte('a size of eight gigabytes', 'truncated', put(124, '77777777777\0')),
    headerByte('a name prefix', 'archive', put(345, '../../')),
    headerByte('a name with hidden bytes', 'archive', put(0, 'manifest.json\0evil\0')),
    headerByte('GNU magic', 'archive', put(257, 'ustar  \0')),
    {
      name: 'a wrong sum',
      code: 'exchange.archive',
      make: ({ good }) => {
        const bad = good.slice();
        bad[100] = 0x37;
        return bad;
      },
    },
    {
      name: 'bytes behind the end',
      code: 'exchange.archive',
      make: ({ good }) => {
        const longer = new Uint8Array(good.length + 1024);
        longer.set(good);
        longer[longer.length - 1] = 1;
        return longer;
      },
    },
    {
      name: 'bytes in the padding',
      code: 'exchange.archive',
      make: ({ good }) => {
        const bad = good.slice();
        const size = Number.parseInt(new TextDecoder().decode(bad.subarray(124, 135)), 8);
        bad[512 + size] = 1;
        return bad;
      },
    },
    archive('the manifest is not the first entry', 'notHoldfast', (_, [head, ...rest]) =>
      head ? [...rest, head] : rest,
    ),
    archive('no manifest', 'notHoldfast', (_, [, ...rest]) => rest),
    archive('an entry twice', 'entries', (_, list) => [...list, ...list.slice(-1)]),
    archive('an entry too many', 'entries', (_, list) => [
      ...list,
      { name: 'notes.txt', bytes: encode('x') },
    ]),
    archive('an entry too few', 'entries', (_, list) => list.slice(0, -1)),
    archive('entries in another order', 'entries', (_, [head, sig, ...rest]) =>
      head && sig ? [head, sig, ...rest.toReversed()] : [],
    ),
    archive('an entry that climbs out', 'entries', (_, list) =>
      list.map((each, i) => (i === 2 ? { ...each, name: '../../../etc/passwd' } : each)),
    ),
    archive('a hundred thousand entries too many', 'tooMany', (_, [head]) =>
      head
        ? [
            head,
            ...Array.from({ length: 160_000 }, (_each, i) => ({
              name: `f${i}`,
              bytes: new Uint8Array(),
            })),
          ]
        : [],
    ),
  ],
};
