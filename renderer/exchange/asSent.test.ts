import { beforeAll, expect, test } from 'vitest';
import type { TrustContext } from '../../shared/exchange/openSegments';
import type { Segment } from '../../shared/exchange/segment';
import type { Roster } from '../../shared/trust/roster';
import { segmentMessage } from '../../shared/trust/messages';
import { asSent } from './asSent';
import type { ProgressReport } from './engine';
import { newDeviceKeys, publicKeysOf, signWith } from './keys';

const roster: Roster = {
  holdfast: 'roster',
  v: 1,
  name: 'Harbour Works',
  root: 'A'.repeat(43),
  version: 1,
  at: 1,
  escrow: 'AAAA',
  recovery: `age1${'q'.repeat(58)}`,
  devices: [],
  revoked: [],
  accepted: {},
};
let trust: TrustContext;
let signed: (number: number, author?: string) => Promise<Segment>;

beforeAll(async () => {
  const keys = await newDeviceKeys();
  trust = { roster, self: { device: 'dock', keys: await publicKeysOf(keys) } };
  signed = async (number, author = 'dock') => {
    const sha256 = number.toString(16).padStart(64, '0');
    const sig = await signWith(keys.sign.privateKey, segmentMessage(sha256));
    const bytes = new Uint8Array(10);
    return { replica: `${author}-0`, from: number, to: number, bytes, sha256, sig };
  };
});

const some = (count: number): Promise<readonly Segment[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => signed(i + 1)));

const silent = { onProgress: () => undefined, signal: undefined };

async function sent(segments: readonly Segment[], over = {}): Promise<readonly Segment[]> {
  const result = await asSent(segments, trust, { ...silent, ...over });
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

test('how many bytes are checked is told until all are', async () => {
  const reports: ProgressReport[] = [];
  const segments = await some(150);
  const onProgress = (report: ProgressReport) => void reports.push(report);
  expect(await sent(segments, { onProgress })).toEqual(segments);
  expect(reports).toEqual(
    [640, 1280, 1500].map((done) => ({ stage: 'verify', done, total: 1500 })),
  );
});

test('whoever cancels waits for no more of it', async () => {
  const cancel = new AbortController();
  let told = 0;
  const onProgress = () => {
    told++;
    cancel.abort();
  };
  const result = await asSent(await some(150), trust, { onProgress, signal: cancel.signal });
  expect(result).toMatchObject({ ok: false, refusal: { code: 'exchange.cancelled' } });
  expect(told).toBe(1);
});

test('a signature that is another segment’s stays here, and the segment goes', async () => {
  const [first, second] = await some(2);
  if (!first?.sig || !second) throw new Error('two');
  const { sig: _, ...bare } = second;
  expect(await sent([first, { ...second, sig: first.sig }])).toEqual([first, bare]);
});

test('what nobody here can check goes along, and not into what lasts', async () => {
  const theirs = await signed(1, 'quay');
  const { sig: _, ...bare } = theirs;
  expect(await sent([theirs])).toEqual([theirs]);
  expect(await sent([theirs], { lasting: true })).toEqual([bare]);
});
