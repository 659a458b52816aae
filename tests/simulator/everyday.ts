/** What people do on an ordinary day, and how long and large a simulated year is. */
import type { Member, World } from './world';

export interface YearOptions {
  readonly laptops: number;
  readonly days: number;
  readonly seed: number;
  /** Changes that the laptop of the great import writes. */
  readonly bulk: number;
  /** Chance that a visit meets a fault; 0.3 unless told. */
  readonly mishap?: number;
  /** Nothing but this fault befalls anybody. */
  readonly fault?: string;
  /** Ends the year early, in milliseconds of running time. */
  readonly budgetMs?: number;
  readonly told?: (day: number, files: number) => void;
}

/** Somebody works: a new record, a drill's log, or an edit of what several people edit. */
export async function writeSomething(
  world: World,
  { machine, marks }: Member,
  random: () => number,
): Promise<void> {
  const { vault } = machine;
  const mark = `mark ${++world.marks}`;
  const shared = `ci000000000000${String(Math.floor(random() * 20)).padStart(2, '0')}`;
  const known = vault.projection.get(shared) !== undefined;
  const done = await vault.commit([
    random() < 0.4
      ? known
        ? { do: 'set', id: shared, fields: { description: mark } }
        : { do: 'create', kind: 'ci', id: shared, fields: { name: mark } }
      : { do: 'create', kind: 'ci', id: vault.newId(), fields: { name: mark } },
  ]);
  if (done.ok) marks.add(mark);
}
