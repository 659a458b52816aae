import { expect, test } from 'vitest';
import { decodeText } from '../../shared/tabular/decode';

const bytes = (...values: readonly number[]) => Uint8Array.from(values);
const decode = (data: Uint8Array) => {
  const result = decodeText(data, undefined, TextDecoder);
  return result.ok ? [result.value.encoding, result.value.text] : result.refusal.code;
};

test('UTF-8 is known with and without its mark', () => {
  const text = new TextEncoder().encode('名称,code');
  expect(decode(text)).toEqual(['utf-8', '名称,code']);
  expect(decode(Uint8Array.from([0xef, 0xbb, 0xbf, ...text]))).toEqual(['utf-8', '名称,code']);
});

test('GB18030 is known by being no UTF-8', () => {
  // 名称 in GB18030.
  expect(decode(bytes(0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x61))).toEqual(['gb18030', '名称,a']);
});

test('UTF-16 is known by its mark and by its zero bytes', () => {
  expect(decode(bytes(0xff, 0xfe, 0x61, 0, 0x2c, 0))).toEqual(['utf-16le', 'a,']);
  expect(decode(bytes(0xfe, 0xff, 0, 0x61, 0, 0x2c))).toEqual(['utf-16be', 'a,']);
  expect(decode(bytes(0x61, 0, 0x2c, 0, 0x62, 0))).toEqual(['utf-16le', 'a,b']);
});

test('bytes of no Eastern encoding are Western text', () => {
  expect(decode(bytes(0x63, 0x61, 0x66, 0xe9))).toEqual(['windows-1252', 'café']);
});

test('a person overrides what was found', () => {
  const result = decodeText(bytes(0x63, 0x61, 0x66, 0xe9), 'windows-1252', TextDecoder);
  expect(result.ok && result.value.text).toBe('café');
});
