import { expect, test } from 'vitest';
import type { Peer } from '../../store/exchangeStore';
import { ageText, DAY_MS } from '../age';
import { dataAge } from './dataAge';

const NOW = 100 * DAY_MS;

const peer = (role: 'hq' | 'site', at: number | undefined): Peer => ({
  replica: `${role}${at}`,
  name: role,
  role,
  have: {},
  sent: {},
  lastIn: at === undefined ? undefined : { number: 1, id: 'file', at },
  lastOut: undefined,
});

test('on a laptop only files of headquarters count', () => {
  const peers = [peer('hq', NOW - 2 * DAY_MS), peer('site', NOW)];
  const age = dataAge('site', peers, 0, NOW);
  expect(age).toMatchObject({ elapsed: 2 * DAY_MS, tone: 'good' });
});

test('at headquarters the newest file of any laptop counts', () => {
  const peers = [peer('site', NOW - 9 * DAY_MS), peer('site', NOW - DAY_MS)];
  expect(dataAge('hq', peers, 0, NOW).elapsed).toBe(DAY_MS);
});

test('a laptop that never heard of headquarters is warned about', () => {
  expect(dataAge('site', [], 0, NOW)).toMatchObject({ elapsed: undefined, tone: 'warn' });
});

test('headquarters without a laptop has nothing undelivered', () => {
  expect(dataAge('hq', [], 17, NOW)).toMatchObject({ undelivered: 0, tone: 'neutral' });
});

test('old data is worse than undelivered changes', () => {
  expect(dataAge('site', [peer('hq', NOW - DAY_MS)], 3, NOW).tone).toBe('warn');
  expect(dataAge('site', [peer('hq', NOW - 31 * DAY_MS)], 3, NOW).tone).toBe('bad');
});

test('a file counts from when it was written, not from when it was read', () => {
  const late = peer('hq', NOW);
  const lastIn = { number: 1, id: 'file', at: NOW, writtenAt: NOW - 5 * DAY_MS };
  expect(dataAge('site', [{ ...late, lastIn }], 0, NOW).elapsed).toBe(5 * DAY_MS);
  const ahead = { ...lastIn, writtenAt: NOW + DAY_MS };
  expect(dataAge('site', [{ ...late, lastIn: ahead }], 0, NOW).elapsed).toBe(0);
});

test('a file from the future is as new as can be', () => {
  expect(dataAge('site', [peer('hq', NOW + DAY_MS)], 0, NOW).elapsed).toBe(0);
});

test('an age is told in the largest unit that says enough', () => {
  expect(ageText(30_000, 'en')).toBe('1 minute');
  expect(ageText(90 * 60_000, 'en')).toBe('90 minutes');
  expect(ageText(DAY_MS, 'en')).toBe('24 hours');
  expect(ageText(12.5 * DAY_MS, 'en')).toBe('12 days');
  expect(ageText(3 * DAY_MS, 'zh-CN')).toBe('3 天');
});
