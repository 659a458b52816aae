/** Ours against a plain peer in the same run: both warmed up, in turns, the first one alternating. */

export interface Figure {
  readonly name: string;
  /** What the baseline is. */
  readonly peer: string;
  readonly n: number;
  /** Milliseconds. */
  readonly median: number;
  readonly baseline: number;
  readonly ratio: number;
  readonly unit: 'ms';
}

export type Timed = () => number | Promise<number>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

export function figure(
  name: string,
  peer: string,
  n: number,
  ours: readonly number[],
  theirs: readonly number[],
): Figure {
  const [a, b] = [median(ours), median(theirs)];
  return { name, peer, n, median: a, baseline: b, ratio: a / b, unit: 'ms' };
}

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export async function duel(
  input: { readonly name: string; readonly peer: string; readonly n: number },
  rounds: number,
  ours: Timed,
  theirs: Timed,
  warmUp = 1,
): Promise<Figure> {
  const mine: number[] = [];
  const other: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const first = round % 2 === 0;
    const a = first ? await ours() : Number.NaN;
    const b = await theirs();
    const c = first ? a : await ours();
    if (round < 0) continue;
    mine.push(c);
    other.push(b);
  }
  return figure(input.name, input.peer, input.n, mine, other);
}
