import Papa from 'papaparse';
import { kindOf, kinds } from '../../shared/kinds/registry';
import { parseDelimited } from '../../shared/tabular/csv';
import type { RecordMapping } from '../../shared/tabular/mapping';
import { planSheet } from '../../shared/tabular/planSheet';
import { sheetFrom } from '../../shared/tabular/sheet';
import { CSV_FIELDS, csvOf } from './data';
import { duel, timed, type Figure } from './duel';
import { deleteDb, openRaw, putAll } from './rawDb';
import { fresh, must, newId } from './vaults';

const mapping: RecordMapping = {
  as: 'records',
  kind: 'ci',
  columns: Object.fromEntries(CSV_FIELDS.map((field) => [field, { field }])),
  constants: {},
  keys: ['uid'],
  empty: 'keep',
};

/** Parse, plan and commit a register of n rows into an empty vault. */
export async function importBench(n: number, rounds: number): Promise<readonly Figure[]> {
  const text = csvOf(n);
  let round = 0;
  const ours = async () => {
    const vault = await fresh(`bench-import-${round++}`);
    const took = await timed(async () => {
      const sheet = sheetFrom('register.csv', must(parseDelimited(text, ',')));
      const plan = planSheet(sheet, mapping, {
        labels: [],
        offsetMinutes: () => 0,
        projection: vault.projection,
        kinds,
        kindOf,
        newId,
        nextNumber: (kind) => vault.nextNumber(kind),
      });
      if (plan.counts.create !== n) throw new Error(`planned ${JSON.stringify(plan.counts)}`);
      must(await vault.commit(plan.edits, { op: 'import', label: 'register.csv' }));
    });
    await vault.close();
    await deleteDb(`bench-import-${round - 1}`);
    return took;
  };
  const theirs = async () => {
    await deleteDb('bench-bulk');
    const raw = await openRaw('bench-bulk');
    const took = await timed(async () => {
      const { data } = Papa.parse<Record<string, string>>(text, { header: true });
      await putAll(raw, data);
    });
    raw.close();
    await deleteDb('bench-bulk');
    return took;
  };
  const peer = 'papaparse and one put per row';
  return [await duel({ name: 'import CSV', peer, n }, rounds, ours, theirs, n > 50_000 ? 0 : 1)];
}
