import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takenAtOf } from './exif';

interface Shot {
  readonly taken: string;
  readonly zone?: string;
  readonly little: boolean;
}

/** The beginning of a JPEG with an EXIF block that notes when it was taken. */
function jpeg({ taken, zone, little }: Shot): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(160));
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.setUint16(at, tag, little);
    tiff.setUint16(at + 2, type, little);
    tiff.setUint32(at + 4, count, little);
    tiff.setUint32(at + 8, value, little);
  };
  const text = (at: number, value: string) =>
    Array.from(value, (char, i) => tiff.setUint8(at + i, char.charCodeAt(0)));
  tiff.setUint16(0, little ? 0x49_49 : 0x4d_4d);
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 1, little);
  entry(10, 0x87_69, 4, 1, 26);
  tiff.setUint16(26, zone ? 2 : 1, little);
  entry(28, 0x90_03, 2, taken.length + 1, 100);
  text(100, taken);
  if (zone) {
    entry(40, 0x90_11, 2, zone.length + 1, 130);
    text(130, zone);
  }
  const jfif = [0xff, 0xe0, 0, 4, 0, 0];
  const app1 = [0xff, 0xe1, 0, 2 + 6 + 160, 0x45, 0x78, 0x69, 0x66, 0, 0];
  return new Uint8Array([0xff, 0xd8, ...jfif, ...app1, ...new Uint8Array(tiff.buffer)]);
}

test.each([true, false])('the time a camera noted is read (little end first: %s)', (little) => {
  const head = jpeg({ taken: '2026:11:23 14:05:09', zone: '+08:00', little });
  expect(takenAtOf(head)).toBe(Date.UTC(2026, 10, 23, 6, 5, 9));
});

test('without a zone it is local time', () => {
  const head = jpeg({ taken: '2026:11:23 14:05:09', little: true });
  expect(takenAtOf(head)).toBe(new Date(2026, 10, 23, 14, 5, 9).getTime());
});

test('a camera that was never set has not noted a time', () => {
  expect(takenAtOf(jpeg({ taken: '0000:00:00 00:00:00', little: true }))).toBeUndefined();
  expect(takenAtOf(jpeg({ taken: '    :  :     :  :  ', little: true }))).toBeUndefined();
});

test('foreign bytes give a time or none, and never more than that', () => {
  const whole = jpeg({ taken: '2026:11:23 14:05:09', zone: '+08:00', little: false });
  const damaged = fc.tuple(
    fc.integer({ min: 0, max: whole.length }),
    fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
  );
  fc.assert(
    fc.property(damaged, ([length, flips]) => {
      const head = whole.slice(0, length);
      for (const [at, byte] of flips) if (at < length) head[at] = byte;
      expect(['number', 'undefined']).toContain(typeof takenAtOf(head));
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (head) => {
      expect(takenAtOf(new Uint8Array([0xff, 0xd8, ...head]))).toBeUndefined();
    }),
  );
});
