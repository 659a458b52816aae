/** A merge sort that can be interrupted: yields the steps done since the last yield. */
const RUN = 256;

export function* sortInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<number, readonly T[]> {
  let from: T[] = [];
  for (let at = 0; at < items.length; at += RUN) {
    for (const item of items.slice(at, at + RUN).toSorted(compare)) from.push(item);
    yield RUN;
  }
  for (let width = RUN; width < from.length; width *= 2) {
    const to: T[] = [];
    for (let low = 0; low < from.length; low += 2 * width) {
      const middle = Math.min(low + width, from.length);
      const high = Math.min(low + 2 * width, from.length);
      let left = low;
      let right = middle;
      while (left < middle || right < high) {
        const a = from[left] as T;
        const b = from[right] as T;
        if (right >= high || (left < middle && compare(a, b) <= 0)) {
          to.push(a);
          left++;
        } else {
          to.push(b);
          right++;
        }
        if (to.length % RUN === 0) yield RUN / 8;
      }
    }
    from = to;
  }
  return from;
}
