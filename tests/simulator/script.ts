/** What may happen in a history, as data that can be made at random, shrunk and written down. */
import fc from 'fast-check';

export const DEEDS = [
  'write',
  'write',
  'write',
  'write',
  'delete',
  'delete',
  'restore',
  'link',
  'attach',
  'send',
  'send',
  'send',
  'send',
  'bring',
  'bring',
  'bring',
  'receipt',
  'receipt',
  'extract',
  'spoil',
  'full',
  'kill',
  'backup',
  'putBack',
  'copy',
  'skew',
  'enrol',
  'revoke',
  'regrant',
  'accept',
  'keepOut',
  'compact',
  'compact',
] as const;

export interface Step {
  readonly do: (typeof DEEDS)[number];
  readonly who: number;
  readonly to: number;
  readonly n: number;
}

/** Each part ends with everybody exchanging files; the next one goes on from there. */
export type Script = readonly (readonly Step[])[];

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...DEEDS),
  who: fc.nat({ max: 4 }),
  to: fc.nat({ max: 4 }),
  n: fc.nat({ max: 9999 }),
});
export const PARTS = 4;
export const scripts: fc.Arbitrary<Script> = fc.array(
  fc.array(step, { minLength: 1, maxLength: 14 }),
  { minLength: PARTS, maxLength: PARTS },
);
