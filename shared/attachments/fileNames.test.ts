import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanName, freeName, withExtension } from './fileNames';

test('a name loses its folders and the characters that would make it read as another', () => {
  expect(cleanName('C:\\fakepath\\机房.jpg', 'file')).toBe('机房.jpg');
  expect(cleanName('../../etc/passwd', 'file')).toBe('passwd');
  expect(cleanName('photo\u202egpj.exe', 'file')).toBe('photogpj.exe');
  expect(cleanName(' \u0000\n', 'file')).toBe('file');
});

test('a second file of the same name gets a number before its extension', () => {
  expect(freeName('plan.pdf', new Set())).toBe('plan.pdf');
  expect(freeName('plan.pdf', new Set(['plan.pdf', 'plan (2).pdf']))).toBe('plan (3).pdf');
  expect(freeName('README', new Set(['README']))).toBe('README (2)');
});

test('a photo written anew as another type says so', () => {
  expect(withExtension('IMG_0001.HEIC', 'jpg')).toBe('IMG_0001.jpg');
  expect(withExtension('a.b.c', 'jpg')).toBe('a.b.jpg');
});

test('names are never too long, never broken inside a character, and keep their extension', () => {
  const long = fc.string({ unit: 'binary', minLength: 150, maxLength: 400 });
  fc.assert(
    fc.property(long, (stem) => {
      const name = cleanName(`${stem}.jpeg`, 'file');
      const second = freeName(name, new Set([name]));
      for (const made of [name, second, withExtension(name, 'jpg')]) {
        expect(made.length).toBeLessThanOrEqual(200);
        expect(made.isWellFormed()).toBe(true);
      }
      expect(name.endsWith('.jpeg')).toBe(true);
      expect(second.endsWith(' (2).jpeg')).toBe(true);
    }),
  );
});
