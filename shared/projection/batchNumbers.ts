/**
 * Human numbers for several records created in one commit. A vault's `nextNumber` looks at the
 * projection, which does not hold the records of the running batch yet; this counts on from it.
 */
export function batchNumbers(nextNumber: (kind: string) => string): (kind: string) => string {
  const last = new Map<string, string>();
  return (kind) => {
    const before = last.get(kind);
    const number = before === undefined ? nextNumber(kind) : following(before);
    last.set(kind, number);
    return number;
  };
}

/** `HQ7K-CI-0042` -> `HQ7K-CI-0043`, keeping the padding. */
function following(number: string): string {
  const start = number.lastIndexOf('-') + 1;
  const digits = number.slice(start);
  return number.slice(0, start) + String(Number(digits) + 1).padStart(digits.length, '0');
}
