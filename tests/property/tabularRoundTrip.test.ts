/** Whatever is written comes back: cells through files, records of every kind through sheets. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { initialFields, type FieldDef, type KindDef } from '../../shared/kinds/define';
import { kinds } from '../../shared/kinds/registry';
import { checkFields, isEmpty } from '../../shared/kinds/validate';
import type { Fields, Value } from '../../shared/log/change';
import { delimiters, parseCsv, writeCsv } from '../../shared/tabular/csv';
import { guessRecords, importKinds } from '../../shared/tabular/guess';
import { guardFormula, unguardFormula } from '../../shared/tabular/guard';
import { sheetFrom } from '../../shared/tabular/sheet';
import { sheetOf } from '../../shared/tabular/sheetOf';
import { labelsOf, registry, sheetOfBytes } from './tabularSupport';

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.stringMatching(/^[,;|"\t\r\n =a]{0,8}$/),
);

test('any cells come back from delimited text as they were written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...delimiters),
      (rows, delimiter) => {
        const grid = parseCsv(`\uFEFF${writeCsv(rows, delimiter)}\r\n`, delimiter);
        expect(grid.ok && grid.value.rows).toEqual(rows);
        expect(grid.ok && grid.value.open).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test('any text, however it is cut, is read without losing a row', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a,"\r\n]{0,40}$/), (text) => {
      const grid = parseCsv(text, ',');
      if (!grid.ok) throw new Error(grid.refusal.code);
      const letters = grid.value.rows.flat().join('').replaceAll(/[^a]/gu, '');
      expect(letters).toBe(text.replaceAll(/[^a]/gu, ''));
    }),
    { numRuns: 500 },
  );
});

test('guarding formulas loses and adds nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[=+@'a-]{0,6}$/), (text) => {
      expect(unguardFormula(guardFormula(text))).toBe(text);
    }),
  );
});

/** Single-line texts are trimmed on the way in, as cells of foreign spreadsheets must be. */
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.trim().replaceAll(/\s/gu, ' '))
  .filter((text) => text !== '' && !text.includes('\0') && text.isWellFormed());

function valueOf(field: FieldDef): fc.Arbitrary<Value> {
  switch (field.type) {
    case 'text':
    case 'phone':
      return line;
    case 'longText':
      return fc.tuple(line, line).map(([a, b]) => `${a}\n  ${b}`);
    case 'email':
      return fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}\.example$/);
    case 'number':
      return fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? 100, 100) });
    case 'minutes':
      return fc.integer({ min: 0, max: 100_000 });
    case 'date':
      return fc
        .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10));
    case 'dateTime':
      return fc.integer({ min: 0, max: 4_000_000_000_000 });
    case 'flag':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'tags':
      return fc.uniqueArray(
        line.filter((tag) => !/[;；]/u.test(tag)),
        { minLength: 1, maxLength: 3 },
      );
    case 'ref':
      return fc.constant(`ref-${field.to}`);
    case 'json':
      return fc.constant(null);
  }
}

function recordOf(kind: KindDef): fc.Arbitrary<Fields> {
  const fields = Object.entries(kind.fields).filter(
    ([name, field]) => !field.computed && name !== 'number',
  );
  const model = Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      field.required ? valueOf(field) : fc.option(valueOf(field), { nil: null }),
    ]),
  );
  return fc.record(model).map((values) => {
    const filled = Object.entries(values).filter(([, value]) => !isEmpty(value));
    return { ...initialFields(kind), ...Object.fromEntries(filled) };
  });
}

/** A registry in which every record that a ref may name exists. */
function withTargets(kind: KindDef) {
  const vault = registry();
  const targets = Object.values(kind.fields).flatMap((f) => (f.type === 'ref' ? [f.to] : []));
  for (const to of new Set(targets)) {
    const def = vault.kindOf(to);
    if (!def) continue;
    const fields: Record<string, Value> = { ...initialFields(def) };
    for (const [name, field] of Object.entries(def.fields)) {
      if (field.required && field.type === 'ref') fields[name] = `ref-${field.to}`;
      else if (field.required && field.type !== 'choice') fields[name] = `the ${to} itself`;
    }
    vault.apply([{ do: 'create', kind: to, id: `ref-${to}`, fields }]);
  }
  return vault;
}

test.each(importKinds(kinds).map((kind) => [kind.name, kind] as const))(
  'records of kind %s come back from their sheet, in both languages, and then change nothing',
  (name, kind) => {
    fc.assert(
      fc.property(
        fc.array(recordOf(kind), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('en' as const, 'zh-CN' as const),
        (records, locale) => {
          for (const fields of records) expect(checkFields(kind, fields)).toEqual({});
          const texts = labelsOf(locale)[name];
          const given = records.map((values, i) => ({ id: `given${i}`, values }));
          const rows = sheetOf(kind, given, texts ?? { label: name });
          const bytes = new TextEncoder().encode(`\uFEFF${writeCsv(rows, ',')}`);
          const sheet = sheetOfBytes('export.csv', bytes);
          const vault = withTargets(kind);
          const before = new Set(vault.projection.records(name).map((record) => record.id));
          const mapping = guessRecords(sheet, kind, vault);
          const plan = vault.take(sheet, mapping);
          expect(plan.rows.flatMap((row) => row.reasons)).toEqual([]);
          const back = vault.projection
            .records(name)
            .filter((record) => !before.has(record.id))
            .map(({ values }) => ({ ...values, number: undefined }));
          expect(back).toEqual(records.map((fields) => ({ ...fields, number: undefined })));
          expect(vault.plan(sheet, mapping).edits).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  },
);

test('blank rows and columns beyond the header keep their place', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.constantFrom('', 'x'), { maxLength: 5 })), (rows) => {
      const sheet = sheetFrom('x', { rows, open: [] });
      const header = rows.findIndex((row) => row.includes('x'));
      for (const { row, cells } of sheet.rows) {
        const raw = rows[row - 1] ?? [];
        expect(cells.slice(0, raw.length).join('')).toBe(raw.join(''));
        expect(cells).toHaveLength(sheet.headers.length);
      }
      const filled = rows.slice(header + 1).filter((row) => row.includes('x'));
      expect(sheet.rows).toHaveLength(header < 0 ? 0 : filled.length);
    }),
  );
});
