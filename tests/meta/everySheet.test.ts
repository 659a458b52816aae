import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialFields, type KindDef } from '../../shared/kinds/define';
import { kindOf, kinds } from '../../shared/kinds/registry';
import type { Fields } from '../../shared/log/change';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { createProjection } from '../../shared/projection/projection';
import { parseCsv, writeCsv } from '../../shared/tabular/csv';
import { importKinds } from '../../shared/tabular/guess';
import type { KindLabels, RecordMapping } from '../../shared/tabular/mapping';
import { planSheet } from '../../shared/tabular/planSheet';
import { sheetFrom } from '../../shared/tabular/sheet';
import { sheetOf } from '../../shared/tabular/sheetOf';
import { arbitraryRecord } from './arbitraryRecord';
import { locales } from './localeFiles';

const files = import.meta.glob<KindLabels>('../../resources/locales/*/kinds/*.json', {
  eager: true,
  import: 'default',
});
const labelsOf = (locale: string, kind: string): KindLabels =>
  files[`../../resources/locales/${locale}/kinds/${kind}.json`] ?? { label: kind };
const labels = locales.map((locale) =>
  Object.fromEntries(kinds.map((kind) => [kind.name, labelsOf(locale, kind.name)])),
);

const NOW = 1_700_000_000_000;
const target = (kind: string) => `target${kind.toLowerCase().padEnd(14, '0')}`.slice(0, 20);

/** A projection with one record of every kind, for refs to point to. */
function projectionWithTargets() {
  const projection = createProjection(kindOf);
  const edits = kinds.map((kind): Edit => {
    const fields = { [kind.title]: `Target ${kind.name}` };
    return { do: 'create', kind: kind.name, id: target(kind.name), fields };
  });
  const author = { replica: 'hq-1', next: 1, t: [NOW, 0], by: 'A' } as const;
  projection.apply(
    buildChanges(edits, projection.get, () => 1, author),
    NOW,
  );
  return projection;
}

/** Every column to the field it was written from. */
function mappingOf(kind: KindDef, header: readonly string[]): RecordMapping {
  const fields = Object.entries(kind.fields).filter(([, field]) => field.type !== 'json');
  const columns = Object.fromEntries(
    header.map((text, i) => [text, { field: fields[i]?.[0] ?? '' }] as const),
  );
  return { as: 'records', kind: kind.name, columns, constants: {}, keys: [], empty: 'keep' };
}

describe.each(importKinds(kinds).map((kind) => [kind.name, kind] as const))(
  'kind %s',
  (_, kind) => {
    const record = arbitraryRecord(kind, { sheet: true, refs: (to) => fc.constant(target(to)) });

    test.each(locales)('comes back from a CSV file with headers in %s', (locale) => {
      fc.assert(
        fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (records) => {
          const rows = sheetOf(
            kind,
            records.map((values, i) => ({ id: `r${i}`, values })),
            labelsOf(locale, kind.name),
          );
          const grid = parseCsv(writeCsv(rows, ','), ',');
          if (!grid.ok) throw new Error(grid.refusal.code);
          let ids = 0;
          const plan = planSheet(sheetFrom('a.csv', grid.value), mappingOf(kind, rows[0] ?? []), {
            labels,
            offsetMinutes: () => 0,
            projection: projectionWithTargets(),
            kinds,
            kindOf,
            newId: () => `new${++ids}`,
            nextNumber: (name) => `HQ7K-${kindOf(name)?.code ?? ''}-0001`,
          });
          expect(plan.rows.flatMap((row) => row.reasons)).toEqual([]);
          const made = plan.edits.map((edit) => withoutNumber('fields' in edit ? edit.fields : {}));
          const start = initialFields(kind);
          expect(made).toEqual(records.map((values) => withoutNumber({ ...start, ...values })));
        }),
        { numRuns: 30 },
      );
    });
  },
);

/** Numbers that are not of this program's form are given anew. */
function withoutNumber(fields: Fields = {}): Fields {
  const { number: _, ...rest } = fields;
  return rest;
}
