/** What is worked out against the records of one moment, and refused when they have changed since. */
import type { Result } from '../../shared/result';

/** Nobody writes that often while a file is applied. */
const MOST_TRIES = 5;

/** Works it out anew as long as it is refused with `exchange.meanwhile`, a few times. */
export async function untilCurrent<T>(task: () => Promise<Result<T>>): Promise<Result<T>> {
  for (let tries = 1; ; tries++) {
    const done = await task();
    if (done.ok || done.refusal.code !== 'exchange.meanwhile' || tries === MOST_TRIES) return done;
  }
}
