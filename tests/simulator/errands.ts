/** What tests with machines do all the time: write a record, and carry a file from one to the other. */
import type { PlannedImport } from '../../shared/exchange/plan';
import { must, peerAt, takeIn, writeFile, type Machine, type WorldClock } from './machine';

/** Writes a record, and returns its id. */
export async function create({ vault }: Machine, name: string): Promise<string> {
  const id = vault.newId();
  must(await vault.commit([{ do: 'create', kind: 'ci', id, fields: { name } }]));
  return id;
}

/** A file with what the receiver lacks, or with everything, opened a minute later. */
export async function send(
  clock: WorldClock,
  from: Machine,
  to: Machine,
  snapshot = false,
): Promise<PlannedImport> {
  clock.now += 60_000;
  const content = snapshot ? 'snapshot' : 'changes';
  return must(await takeIn(to, must(await writeFile(from, peerAt(from, to), { content })))).plan;
}
