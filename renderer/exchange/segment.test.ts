import { expect, test } from 'vitest';
import { webCodec } from './webCodec';
import type { Change } from '../../shared/log/change';
import { sendableLine } from '../../shared/exchange/envelope';
import { decodeSegment, encodeSegment } from '../../shared/exchange/segment';

const change = (s: number, over: Partial<Change> = {}): Change => ({
  r: 'hq-1',
  s,
  t: [1_700_000_000_000 + s, 0],
  by: 'Chen Wei',
  k: 'ci',
  kv: 1,
  id: 'aaaaaaaaaaaaaaaa',
  f: { name: `Core switch ${s}` },
  ...over,
});

const pack = async (lines: readonly string[]) =>
  webCodec.gzip(webCodec.encode(`${lines.join('\n')}\n`));

const header = (over: Record<string, unknown> = {}) =>
  JSON.stringify({ holdfast: 'segment', v: 1, r: 'hq-1', from: 1, to: 1, prev: null, ...over });

async function code(lines: readonly string[]): Promise<string> {
  const result = await decodeSegment(await pack(lines), webCodec);
  return result.ok ? 'ok' : `${result.refusal.code} ${result.refusal.params?.line ?? ''}`.trim();
}

test('a sealed segment opens to the same changes and names its predecessor', async () => {
  const first = await encodeSegment([change(1), change(2)], undefined, webCodec);
  const changes = [
    change(3, { o: { name: ['hq-1:2', 'site-1:9'] }, g: 3, why: { op: 'import', label: 'a.csv' } }),
    change(4, { g: 3, f: { $deleted: { saw: ['hq-1:3'] }, notes: '多机房 🛟\r\n' } }),
  ];
  const second = await encodeSegment(changes, first.sha256, webCodec);
  const opened = await decodeSegment(second.bytes, webCodec);
  expect(opened).toMatchObject({
    ok: true,
    value: {
      header: { holdfast: 'segment', v: 1, r: 'hq-1', from: 3, to: 4, prev: first.sha256 },
      changes,
    },
  });
  expect(second.sha256).toBe(await webCodec.sha256(second.bytes));
});

test('sealing a hole, two replicas or nothing is a bug', async () => {
  await expect(encodeSegment([], undefined, webCodec)).rejects.toThrow();
  await expect(encodeSegment([change(1), change(3)], undefined, webCodec)).rejects.toThrow();
  const other = change(2, { r: 'site-1' });
  await expect(encodeSegment([change(1), other], undefined, webCodec)).rejects.toThrow();
});

test('a segment of a later format is refused as newer', async () => {
  expect(await code([header({ v: 2, x: 1 })])).toBe('exchange.newer');
});

test('the header must be exact', async () => {
  const line = JSON.stringify(change(1));
  expect(await code([header(), line])).toBe('ok');
  expect(await code([header({ extra: 1 }), line])).toBe('exchange.segment 1');
  expect(await code([header({ r: '../up' }), line])).toBe('exchange.segment 1');
  expect(await code([header({ r: '__proto__' }), line])).toBe('exchange.segment 1');
  expect(await code([header({ to: 0 }), line])).toBe('exchange.segment 1');
  expect(await code([header({ prev: 'abc' }), line])).toBe('exchange.segment 1');
  expect(await code([header({ r: 'site-1' }), line])).toBe('exchange.segment 2');
});

test('sequences run from the first to the last without holes', async () => {
  const line = (s: number) => JSON.stringify(change(s));
  expect(await code([header({ to: 2 }), line(1), line(2)])).toBe('ok');
  expect(await code([header({ to: 2 }), line(1)])).toBe('exchange.segment 3');
  expect(await code([header({ to: 2 }), line(2), line(1)])).toBe('exchange.segment 2');
  expect(await code([header({ to: 2 }), line(1), line(1)])).toBe('exchange.segment 3');
  expect(await code([header({ to: 1 }), line(1), line(2)])).toBe('exchange.segment 3');
});

const good = JSON.stringify(change(1));
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

test.each([
  ['an unknown key', good.replace('"by"', '"x":1,"by"')],
  ['a missing key', good.replace('"kv":1,', '')],
  ['a doubled key', good.replace('"kv":1,', '"kv":2,"kv":1,')],
  ['spaces', good.replace('"kv":1', '"kv": 1')],
  ['a number of odd form', good.replace('"kv":1', '"kv":1e0')],
  ['a number too large', good.replace('"Core switch 1"', '1e999')],
  ['__proto__ as a field', good.replace('"name"', '"__proto__"')],
  ['constructor as a field', good.replace('"name"', '"constructor"')],
  ['__proto__ deep inside', good.replace('"Core switch 1"', '{"a":[{"__proto__":{"x":1}}]}')],
  ['prototype deep inside', good.replace('"Core switch 1"', '[[{"prototype":1}]]')],
  ['NUL', good.replace('Core', '\\u0000')],
  ['a lone surrogate', good.replace('Core', '\\ud800')],
  ['deep nesting', good.replace('"Core switch 1"', deep)],
  ['33 levels', good.replace('"Core switch 1"', `${'['.repeat(33)}${']'.repeat(33)}`)],
  ['a text too long', good.replace('Core', 'x'.repeat(1_000_001))],
  ['a clock before 1970', good.replace('"t":[', '"t":[-')],
  ['no fields', good.replace('{"name":"Core switch 1"}', '{}')],
  ['a record id with a space', good.replace('aaaa', 'a a')],
  ['an overwritten field not set', good.replace('}}', '},"o":{"x":["a:1"]}}')],
  ['a dot of its own future', good.replace('}}', '},"o":{"name":["hq-1:1"]}}')],
  ['a dot without sequence', good.replace('}}', '},"o":{"name":["hq-1:"]}}')],
  ['a list for fields', good.replace('{"name":"Core switch 1"}', '["x"]')],
  ['an unknown reason key', good.replace('}}', '},"why":{"op":"import","x":1}}')],
  ['nothing', ''],
  ['null', 'null'],
])('a change with %s is refused with its line', async (_, line) => {
  expect(await code([header(), line])).toBe('exchange.segment 2');
});

test('what is no gzip, cut off or no UTF-8 is damaged', async () => {
  const { bytes } = await encodeSegment([change(1)], undefined, webCodec);
  const refused = { ok: false, refusal: { code: 'exchange.damaged' } };
  expect(await decodeSegment(new Uint8Array([1, 2, 3]), webCodec)).toEqual(refused);
  expect(await decodeSegment(new Uint8Array(), webCodec)).toEqual(refused);
  for (const end of [1, 9, 20, bytes.length - 9, bytes.length - 1]) {
    expect(await decodeSegment(bytes.slice(0, end), webCodec)).toEqual(refused);
  }
  const latin = await webCodec.gzip(new Uint8Array([0xe9, 0x0a]));
  expect(await decodeSegment(latin, webCodec)).toEqual(refused);
});

test('inflating stops at the limit', async () => {
  const bomb = await webCodec.gzip(new Uint8Array(20_000_000));
  expect(await webCodec.gunzip(bomb, 1_000_000)).toEqual({
    ok: false,
    refusal: { code: 'exchange.bomb' },
  });
});

test('what is stored can be read back: the same check stands before the log', () => {
  expect(sendableLine(change(1))).toBe(JSON.stringify(change(1)));
  expect(sendableLine(change(1, { f: { tags: ['\ud800'] } }))).toBeUndefined();
  expect(sendableLine(change(1, { f: { notes: 'x'.repeat(1_000_001) } }))).toBeUndefined();
  expect(sendableLine(change(1, { why: { op: 'import', label: 'a\0b' } }))).toBeUndefined();
});
