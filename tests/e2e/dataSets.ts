/** Spreadsheets to take through the main job: the program's own, and real ones where they are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface DataSet {
  readonly name: string;
  /** Undefined where the data is not there. */
  readonly folder: string | undefined;
  readonly missing: string;
  /** In the order of import, with the records or relations each must create. */
  readonly files: readonly { readonly file: string; readonly rows: number }[];
  /** A site, a CI that goes down with it, and two people. */
  readonly site: string;
  readonly item: string;
  readonly person: string;
  readonly second: string;
}

const real = process.env.HOLDFAST_REAL_DATA
  ? join(process.env.HOLDFAST_REAL_DATA, 'netbox-demo')
  : undefined;

export const dataSets: readonly DataSet[] = [
  {
    name: "the program's own sample files",
    folder: join(import.meta.dirname, '..', '..', 'resources', 'sample', 'csv'),
    missing: '',
    files: [
      { file: 'customers.csv', rows: 3 },
      { file: 'suppliers.csv', rows: 4 },
      { file: 'sites.csv', rows: 5 },
      { file: 'contacts-gb18030.csv', rows: 3 },
      { file: 'contacts.csv', rows: 4 },
      { file: 'cis.csv', rows: 24 },
      { file: 'relations.csv', rows: 23 },
      { file: 'contact-assignments.csv', rows: 3 },
    ],
    site: 'Main Terminal',
    item: 'mt-router-1',
    person: 'Tomas Reed',
    second: 'Ines Marlow',
  },
  {
    name: 'real data',
    folder: real && existsSync(real) ? real : undefined,
    missing: 'HOLDFAST_REAL_DATA is not set, or has no netbox-demo folder',
    files: [
      { file: 'customers.csv', rows: 11 },
      { file: 'suppliers.csv', rows: 9 },
      { file: 'sites.csv', rows: 24 },
      { file: 'contacts.csv', rows: 3 },
      { file: 'cis.csv', rows: 427 },
      { file: 'relations.csv', rows: 454 },
      { file: 'contact-assignments.csv', rows: 3 },
    ],
    site: 'DM-Scranton',
    item: 'dmi01-scranton-rtr01',
    person: 'Dwight Schrute',
    second: 'Pamela Halpert',
  },
];
