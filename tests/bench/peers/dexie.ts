/** dexie-export-import: two tables, one row for each record and relation. */
import { Dexie, type EntityTable, type Table } from 'dexie';
import { exportDB, importInto } from 'dexie-export-import';
import type { Tie } from '../data';
import { lengthOf, type Edited, type Subject } from './subject';

interface Row extends Record<string, unknown> {
  readonly id: string;
}

function dbOf(name: string) {
  const db = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Dexie & {
    readonly records: EntityTable<Row, 'id'>;
    readonly relations: Table<Tie, readonly string[]>;
  };
  db.version(1).stores({ records: 'id', relations: '[from+rel+to]' });
  return db;
}

export const dexie: Subject = {
  name: 'dexie-export-import',
  drop: (name) => Dexie.delete(name),
  async open(name) {
    const db = dbOf(name);
    await db.open();
    return {
      add: (docs) =>
        db.transaction('rw', db.records, db.relations, async () => {
          await db.records.bulkAdd(docs.map(({ id, kind, fields }) => ({ id, kind, ...fields })));
          await db.relations.bulkAdd(
            docs.flatMap(({ id, relations }) => relations.map((tie) => ({ from: id, ...tie }))),
          );
        }),
      async edit(changed) {
        await db.records.bulkUpdate(
          changed.map(({ id, ...changes }) => ({ key: id, changes: changes as Partial<Row> })),
        );
      },
      pack: () => exportDB(db, { numRowsPerChunk: 10_000 }),
      mark: async () => undefined,
      async packSince(_, changed: readonly Edited[]) {
        const ids = new Set(changed.map(({ id }) => id));
        return exportDB(db, {
          numRowsPerChunk: 10_000,
          filter: (table, row: Row) => table === 'records' && ids.has(row.id),
        });
      },
      receive: (parcel) =>
        importInto(db, parcel as Blob, { overwriteValues: true, acceptNameDiff: true }),
      async read(ids) {
        const rows = ids ? await db.records.bulkGet([...ids]) : await db.records.toArray();
        const names = rows.reduce((sum, row) => sum + lengthOf(row?.name), 0);
        return names + (ids ? 0 : (await db.relations.toArray()).length);
      },
      close: async () => db.close(),
    };
  },
};
