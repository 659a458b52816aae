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
  'repack',
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

export const PARTS = 4;

const scriptsOf = (deeds: readonly Step['do'][], maxLength: number): fc.Arbitrary<Script> => {
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom(...deeds),
    who: fc.nat({ max: 4 }),
    to: fc.nat({ max: 4 }),
    n: fc.nat({ max: 9999 }),
  });
  const part = fc.array(step, { minLength: 1, maxLength });
  return fc.array(part, { minLength: PARTS, maxLength: PARTS });
};

/**
 * Every deed, or a few of them over and over: what takes three of the rare ones in a row is hardly ever
 * met when all are equally likely.
 */
export const scripts: fc.Arbitrary<Script> = fc.oneof(
  { weight: 2, arbitrary: scriptsOf(DEEDS, 14) },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(fc.constantFrom(...new Set(DEEDS)), { minLength: 2, maxLength: 5 })
      .chain((few) => scriptsOf([...few, 'write', 'write', 'send', 'send'], 24)),
  },
);
