/**
 * Checks a property with seeds of the day, after the seeds that once failed. When a run fails it
 * prints `seed` and `path`: put them here under the property's name, mend the code, and leave them.
 */
import fc from 'fast-check';

const FAILED_ONCE: Readonly<
  Record<string, readonly { readonly seed: number; readonly path: string }[]>
> = {};

export function holds<T>(name: string, property: fc.IProperty<T>, numRuns: number): void {
  for (const { seed, path } of FAILED_ONCE[name] ?? []) fc.assert(property, { seed, path });
  fc.assert(property, { numRuns });
}

/** The same for properties that await something. */
export async function holdsAsync<T>(
  name: string,
  property: fc.IAsyncProperty<T>,
  numRuns: number,
): Promise<void> {
  for (const { seed, path } of FAILED_ONCE[name] ?? []) await fc.assert(property, { seed, path });
  await fc.assert(property, { numRuns });
}
