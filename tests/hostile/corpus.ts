/** Files made by hand to harm, each with the code that it is refused with. */
import { containers } from './containers';
import { envelopes } from './envelopes';
import type { Victim } from './forger';
import { manifests } from './manifests';
import { segments } from './segments';
import { trusts } from './trusts';

export interface Hostile {
  readonly name: string;
  readonly code: string;
  readonly make: (victim: Victim) => Uint8Array | Promise<Uint8Array>;
}

export type Category = Readonly<Record<string, readonly Hostile[]>>;

export const corpus: Category = {
  ...containers,
  ...manifests,
  ...trusts,
  ...segments,
  ...envelopes,
};
