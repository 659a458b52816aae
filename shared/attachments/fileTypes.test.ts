import { expect, test } from 'vitest';
import { canShow, groupOf, typeOfFile } from './fileTypes';

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const none = new Uint8Array();

test.each([
  ['photo.dat', '\u00ff\u00d8\u00ff\u00e0', 'image/jpeg'],
  ['photo', '\u0089PNG\r\n\u001a\n....', 'image/png'],
  ['a.gif', 'GIF89a..', 'image/gif'],
  ['a.bin', 'RIFF....WEBPVP8 ', 'image/webp'],
  ['a', '....ftypavif....', 'image/avif'],
  ['IMG_1.HEIC', '....ftypheic....', 'image/heic'],
  ['manual.txt', '%PDF-1.7', 'application/pdf'],
])('%s is what its first bytes say', (name, head, type) => {
  expect(typeOfFile(name, bytes(head), 'text/html')).toBe(type);
});

test('a name or a claim alone never makes a picture or a PDF', () => {
  expect(typeOfFile('photo.jpg', bytes('<html>'), 'image/jpeg')).toBe('application/octet-stream');
  expect(typeOfFile('x', bytes('<svg>'), 'image/png')).toBe('application/octet-stream');
  expect(typeOfFile('x.pdf', none, 'application/pdf')).toBe('application/octet-stream');
});

test('the extension comes before what was said, and what was said must look like a type', () => {
  expect(typeOfFile('rack.SVG', none, 'image/png')).toBe('image/svg+xml');
  expect(typeOfFile('rack.unknown', none, 'Text/X-Rack; charset=utf-8')).toBe('text/x-rack');
  expect(typeOfFile('rack', none, 'javascript:alert(1)')).toBe('application/octet-stream');
  expect(typeOfFile('x.constructor', none, '')).toBe('application/octet-stream');
});

test('only pixels are shown; what could run or refer to something is saved instead', () => {
  expect(canShow('image/jpeg')).toBe(true);
  for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'image/heic', '']) {
    expect(canShow(type)).toBe(false);
  }
});

test('attachments fall into the groups that people choose by', () => {
  expect(groupOf('image/svg+xml')).toBe('picture');
  expect(groupOf('application/pdf')).toBe('document');
  expect(groupOf(typeOfFile('a.docx', none, ''))).toBe('document');
  expect(groupOf('video/mp4')).toBe('other');
});
