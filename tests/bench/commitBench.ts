import { recordId } from './data';
import { duel, timed, type Figure } from './duel';
import { openRaw, putAll, deleteDb } from './rawDb';
import { must, open, vaultName } from './vaults';

/** One edit in a full vault until it is durable. */
export async function commitBench(n: number, rounds: number): Promise<readonly Figure[]> {
  const vault = await open(vaultName(n));
  await deleteDb('bench-put');
  const raw = await openRaw('bench-put');
  const run = Date.now();
  const text = JSON.stringify({ text: 'x'.repeat(280) });
  let turn = 0;
  const result = await duel(
    { name: 'commit one edit', peer: 'one durable put of the same bytes', n },
    rounds,
    () =>
      timed(async () => {
        const id = recordId(10 + (turn++ % 80));
        must(
          await vault.commit([
            { do: 'set', id, fields: { name: `edited for the ${turn}th time since ${run}` } },
          ]),
        );
      }),
    () => timed(() => putAll(raw, [text])),
    5,
  );
  raw.close();
  await vault.close();
  return [result];
}
