import { expect, test } from 'vitest';
import { composeRequest, openRequest, type EnrolmentRequest } from './request';

const request: EnrolmentRequest = {
  holdfast: 'request',
  v: 1,
  replica: 'a-0',
  keys: { sign: 'k'.repeat(43), box: `age1${'q'.repeat(58)}` },
  name: '三号笔记本',
  person: '李娜',
  site: 'HB1',
  at: 5,
};
const sig = 's'.repeat(86);
/** Stands for Ed25519: the signature fits its key and its message. */
const sign = (seen: string[]) => async (message: string) => {
  seen.push(message);
  return sig;
};
const yes = async () => true;
const code = async (file: string, verify = yes) => {
  const opened = await openRequest(file, verify);
  return opened.ok ? 'ok' : opened.refusal.code;
};

test('a request reads back, signed with the key it asks for', async () => {
  const signed: string[] = [];
  const file = await composeRequest(request, sign(signed));
  const asked: unknown[] = [];
  const opened = await openRequest(file, async (...args) => {
    asked.push(args);
    return true;
  });
  expect(opened).toEqual({ ok: true, value: request });
  expect(asked).toEqual([[request.keys.sign, sig, signed[0]]]);
});

test('who does not hold the key is refused', async () => {
  const file = await composeRequest(request, sign([]));
  expect(await code(file, async () => false)).toBe('exchange.requestSignature');
});

test('what is no request is refused, and a later form is held', async () => {
  const compose = (over: object) => composeRequest({ ...request, ...over }, sign([]));
  expect(await code('')).toBe('exchange.request');
  expect(await code('x'.repeat(20_000))).toBe('exchange.request');
  expect(await code(await compose({ replica: '__proto__' }))).toBe('exchange.request');
  expect(await code(await compose({ extra: 1 }))).toBe('exchange.request');
  expect(await code(await compose({ keys: { sign: 'x', box: 'y' } }))).toBe('exchange.request');
  expect(await code(await compose({ v: 2 }))).toBe('exchange.newer');
});
