/**
 * Public demo data of a real inventory, imported with nothing but the automatic guesses. Runs where
 * HOLDFAST_REAL_DATA names the folder that holds it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { registry, sheetOfBytes } from './tabularSupport';

const folder = process.env.HOLDFAST_REAL_DATA;
const load = (name: string) =>
  sheetOfBytes(name, readFileSync(join(folder ?? '', 'netbox-demo', name)));
const files = [
  'customers.csv',
  'suppliers.csv',
  'sites.csv',
  'contacts.csv',
  'cis.csv',
  'relations.csv',
  'contact-assignments.csv',
] as const;

test.skipIf(!folder)(
  'a real inventory comes in whole by the guesses alone, and coming again changes nothing (HOLDFAST_REAL_DATA)',
  () => {
    const vault = registry();
    const first = files.map((name) => ({ name, plan: vault.take(load(name)) }));
    for (const { name, plan } of first) {
      expect({ name, refused: plan.rows.filter((row) => row.outcome === 'refused') }).toEqual({
        name,
        refused: [],
      });
    }
    const { projection } = vault;
    const organisations = projection.records('organisation');
    const ofType = (type: string) => organisations.filter((o) => o.values.type === type).length;
    expect(projection.records('site')).toHaveLength(24);
    expect(ofType('supplier')).toBe(9);
    expect(ofType('customer')).toBe(11);
    expect(projection.records('person')).toHaveLength(3);
    expect(projection.records('ci')).toHaveLength(427);
    const links = projection.records('link');
    expect(links.filter((link) => link.values.rel !== 'hasContact')).toHaveLength(454);
    expect(links.filter((link) => link.values.rel === 'hasContact')).toHaveLength(3);
    const roles = links.filter((l) => l.values.rel === 'hasContact').map((l) => l.values.role);
    expect(roles).toContain('Administrative (primary)');

    const cis = first.find(({ name }) => name === 'cis.csv')?.plan;
    const duplicates = cis?.rows.filter((row) =>
      row.warnings.some((warning) => warning.code === 'import.duplicateKey'),
    );
    expect(duplicates).toHaveLength(3);
    const supplied = projection.records('ci').filter((ci) => ci.values.supplier);
    expect(supplied).toHaveLength(29);
    expect(projection.records('ci').filter((ci) => ci.values.site)).toHaveLength(162);
    expect(new Set(projection.records('ci').map((ci) => ci.values.number)).size).toBe(427);

    for (const name of files) {
      const again = vault.plan(load(name));
      expect({ name, ...again.counts, edits: again.edits }).toMatchObject({
        name,
        create: 0,
        update: 0,
        refused: 0,
        edits: [],
      });
    }
  },
);

test.skipIf(!folder)(
  'a real inventory comes in whole even when its items are imported before its sites and suppliers (HOLDFAST_REAL_DATA)',
  () => {
    const vault = registry();
    for (const name of ['cis.csv', 'relations.csv', 'suppliers.csv', 'sites.csv'] as const) {
      expect(vault.take(load(name)).counts.refused).toBe(0);
    }
    const { projection } = vault;
    expect(projection.records('site')).toHaveLength(24);
    const organisations = projection.records('organisation');
    expect(organisations.filter((o) => o.values.type === 'supplier')).toHaveLength(9);
  },
);
