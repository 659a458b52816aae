import { expect, test } from 'vitest';
import { isOwnPage, isOwnRequest, startPage } from './ownAddress';

const dev = 'http://localhost:5173';
const foreign = [
  'https://example.com/',
  'http://localhost:5174/',
  'http://localhost:5173.example.com/',
  'app://other/index.html',
  'file:///etc/passwd',
  'ws://localhost:9/',
  'devtools://devtools/bundled/inspector.html',
  'javascript:alert(1)',
  'chrome://gpu',
  '',
];

test.each(foreign)('%s is not the program, neither as a page nor as a request', (address) => {
  expect(isOwnPage(address, undefined)).toBe(false);
  expect(isOwnRequest(address, undefined)).toBe(false);
  expect(isOwnPage(address, dev)).toBe(false);
});

test('the program is its own protocol and the bytes it made', () => {
  expect(isOwnPage(startPage, undefined)).toBe(true);
  expect(isOwnRequest('app://holdfast/assets/x.js', undefined)).toBe(true);
  expect(isOwnRequest('blob:app://holdfast/1234', undefined)).toBe(true);
  expect(isOwnPage('data:text/html,x', undefined)).toBe(false);
});

test('the dev server counts only in development', () => {
  expect(isOwnRequest(`${dev}/app/main.tsx`, undefined)).toBe(false);
  expect(isOwnPage(`${dev}/`, dev)).toBe(true);
  expect(isOwnRequest('ws://localhost:5173/', dev)).toBe(true);
});
