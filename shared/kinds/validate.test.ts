import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ci } from './ci';
import {
  choice,
  date,
  dateTime,
  email,
  flag,
  minutes,
  number,
  ref,
  tags,
  text,
  type FieldDef,
} from './define';
import { site } from './site';
import { checkFields, checkMove, checkValue, isDate } from './validate';

const refused: readonly (readonly [
  string,
  FieldDef,
  null | boolean | number | string | string[],
])[] = [
  ['field.required', text({ required: true }), ''],
  ['field.required', text({ required: true }), null],
  ['field.required', tags({ required: true }), []],
  ['field.notText', text(), 5],
  ['field.tooLong', text({ max: 3 }), 'four'],
  ['field.control', text(), 'a\0b'],
  ['field.control', text(), 'half a \ud83d smile'],
  ['field.email', email(), 'nobody'],
  ['field.email', email(), 'two words@example.com'],
  ['field.number', number(), '5'],
  ['field.number', number(), Number.NaN],
  ['field.number', number(), Infinity],
  ['field.integer', number({ integer: true }), 1.5],
  ['field.min', number({ min: 0 }), -1],
  ['field.max', number({ max: 100 }), 101],
  ['field.integer', minutes(), 1.5],
  ['field.min', minutes(), -1],
  ['field.max', minutes(), 10_000_001],
  ['field.date', date(), '2030-02-29'],
  ['field.date', date(), '01.02.2030'],
  ['field.date', date(), 20300101],
  ['field.dateTime', dateTime(), '2030-01-01T00:00:00Z'],
  ['field.flag', flag(), 'yes'],
  ['field.choice', choice(['a', 'b']), 'c'],
  ['field.choice', choice(['a', 'b']), 'toString'],
  ['field.tags', tags(), 'one'],
  ['field.ref', ref('site'), 7],
];

test.each(refused)('%s refuses what its field cannot hold', (code, field, value) => {
  expect(checkValue(field, value)?.code).toBe(code);
});

test('an optional field may be empty in every way', () => {
  const fields = [text(), email(), number({ min: 1 }), minutes(), date(), choice(['a']), ref('ci')];
  for (const field of fields) {
    for (const empty of [undefined, null, '']) expect(checkValue(field, empty)).toBeUndefined();
  }
});

test('zero and false are values, not emptiness', () => {
  expect(checkValue(minutes({ required: true }), 0)).toBeUndefined();
  expect(checkValue(flag({ required: true }), false)).toBeUndefined();
});

test('a text may be exactly as long as its field allows, counted in UTF-16 units', () => {
  expect(checkValue(text({ max: 4 }), '四个字符')).toBeUndefined();
  expect(checkValue(text({ max: 3 }), '🛟🛟')).toMatchObject({ code: 'field.tooLong' });
});

test('a date is a day of the calendar, leap years included', () => {
  expect(['2028-02-29', '2030-12-31', '0001-01-01'].every(isDate)).toBe(true);
  expect(['2030-02-30', '2030-13-01', '2030-1-1', '2030-01-01T00:00'].some(isDate)).toBe(false);
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (day) => isDate(day.toISOString().slice(0, 10)),
    ),
  );
});

test('a record is refused field by field, unknown fields too', () => {
  expect(checkFields(site, { type: 'castle', moat: true })).toEqual({
    name: { code: 'field.required' },
    type: { code: 'field.choice' },
    moat: { code: 'field.unknown' },
  });
  expect(checkFields(site, { name: 'Pier 3', type: 'main' })).toEqual({});
});

test('no value whatsoever makes validation throw', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      checkFields(ci, fields as Parameters<typeof checkFields>[1]);
    }),
  );
});

test('a record moves only along its lifecycle (9.1.7)', () => {
  expect(checkMove(ci, 'ordered', 'received').ok).toBe(true);
  expect(checkMove(ci, 'ordered', 'inUse')).toEqual({
    ok: false,
    refusal: { code: 'field.move', params: { from: 'ordered', to: 'inUse' } },
  });
  expect(checkMove(ci, 'cancelled', 'inUse').ok).toBe(false);
});

test('staying in a state, starting in one, and kinds without a lifecycle are free', () => {
  expect(checkMove(ci, 'inUse', 'inUse').ok).toBe(true);
  expect(checkMove(ci, undefined, 'tested').ok).toBe(true);
  expect(checkMove(site, 'x', 'y').ok).toBe(true);
});

test('from a state of a newer release a record may go to any state this one knows', () => {
  expect(checkMove(ci, 'quarantined', 'inUse').ok).toBe(true);
  expect(checkMove(ci, 'quarantined', 'elsewhere').ok).toBe(false);
});
