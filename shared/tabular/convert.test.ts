import { expect, test } from 'vitest';
import { choice, date, dateTime, flag, minutes, number, tags } from '../kinds/define';
import { cellOf, convertCell } from './convert';
import { guardCell, guardFormula, unguardFormula } from './guard';
import { parseDay, parseMoment, parseNumber } from './numbersAndDates';

const context = {
  labels: [
    { ci: { label: 'CI', options: { status: { inUse: 'In use' } } } },
    { ci: { label: '配置项', options: { status: { inUse: '在用' } } } },
  ],
  offsetMinutes: () => 480,
};
const convert = (field: Parameters<typeof convertCell>[2], cell: string) => {
  const result = convertCell('ci', 'status', field, cell, context);
  return result.ok ? result.value : result.refusal.code;
};

test.each([
  ['2026-11-23', '2026-11-23'],
  ['2026/11/3', '2026-11-03'],
  ['23.11.2026', '2026-11-23'],
  ['2026年11月23日', '2026-11-23'],
  ['２０２６－１１－２３', '2026-11-23'],
  ['20261123', '2026-11-23'],
  ['46349', '2026-11-23'],
  ['11/23/2026', '2026-11-23'],
  ['23/11/2026', '2026-11-23'],
  ['2026-11-23 08:15', '2026-11-23'],
])('the day %s is %s', (text, day) => {
  expect(parseDay(text)).toBe(day);
});

test('a day that could be two days is refused, never guessed', () => {
  expect(parseDay('3/4/2026')).toBeUndefined();
  expect(parseDay('2026-02-30')).toBeUndefined();
  expect(convert(date(), '3/4/2026')).toBe('field.date');
});

test('a moment without a zone is local time, with a zone it is that zone', () => {
  const at = Date.UTC(2026, 10, 23, 6, 30);
  const local = () => 480;
  expect(parseMoment('2026-11-23 14:30', local)).toBe(at);
  expect(parseMoment('2026-11-23T06:30:00Z', local)).toBe(at);
  expect(parseMoment('2026-11-23 07:30 +01:00', local)).toBe(at);
  expect(convert(dateTime(), '2026-11-23 25:00')).toBe('field.dateTime');
});

test.each([
  ['1234', 1234],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1 234,5', 1234.5],
  ['1,234', 1234],
  ['0,5', 0.5],
  ['-3', -3],
  ['１２', 12],
])('the number %s is %d', (text, value) => {
  expect(parseNumber(text)).toBe(value);
});

test('words are no numbers', () => {
  expect(convert(number(), 'two')).toBe('field.number');
});

test('durations are minutes', () => {
  expect(convert(minutes(), '1h30')).toBe(90);
  expect(convert(minutes(), '1 小时 30 分')).toBe(90);
  expect(convert(minutes(), 'soon')).toBe('field.minutes');
});

test('flags are yes or no in both languages', () => {
  expect(['yes', 'TRUE', '1', '是'].map((cell) => convert(flag(), cell))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['no', 'False', '0', '否'].map((cell) => convert(flag(), cell))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(convert(flag(), 'perhaps')).toBe('field.flag');
});

test('options are known by key, by label in either language and by synonym', () => {
  const status = choice(['inUse', 'ordered'], { synonyms: { active: 'inUse' } });
  for (const cell of ['inUse', 'in_use', 'IN USE', '在用', 'Active']) {
    expect(convert(status, cell)).toBe('inUse');
  }
  expect(convert(status, 'humming')).toBe('import.choice');
});

test('tags are cut at semicolons, else at commas', () => {
  expect(convert(tags(), 'a, b，c')).toEqual(['a', 'b', 'c']);
  expect(convert(tags(), 'a, b; c')).toEqual(['a, b', 'c']);
  expect(convert(tags(), cellOf(tags(), ['one, two']))).toEqual(['one, two']);
});

test('what looks like a formula is guarded on the way out and whole again on the way in', () => {
  for (const text of ['=1+1', '+86 10', '-x', '@a', "'=x", "''-", 'plain', "'quoted'"]) {
    expect(unguardFormula(guardFormula(text))).toBe(text);
  }
  expect(guardFormula('=HYPERLINK("x")')).toBe('\'=HYPERLINK("x")');
});

test('a foreign cell that would run is guarded and reads back as what it was', () => {
  for (const cell of ['=1+1', "-2+cmd|'/c'", '@a', "'=x", '-5', '+86 10', 'plain', '-1,200.50']) {
    expect(unguardFormula(guardCell(cell))).toBe(unguardFormula(cell));
    expect(guardCell(cell)).not.toMatch(/^=|^@|^[+-].*[a-z]/);
  }
  expect(guardCell('-5')).toBe('-5');
});
