/** Kinds that a device may write, as a person chooses them: parts come along with what they are part of. */
import type { Place } from '../../../../shared/kinds/define';
import { kindOf, kindsAt, partsOf } from '../../../../shared/kinds/registry';

/** What belongs to no record of its own place, and follows whatever may be written. */
const COMPANIONS = ['attachment', 'approval', 'distinct'] as const;

const choicePlaces = [
  'respond',
  'plans',
  'services',
  'cmdb',
  'contacts',
  'operations',
  'management',
] as const satisfies readonly Place[];

/** Kinds to choose from, by the place that shows them. */
export const kindGroups: readonly {
  readonly place: Place;
  readonly kinds: readonly string[];
}[] = choicePlaces
  .map((place) => ({ place, kinds: kindsAt(place).map((kind) => kind.name) }))
  .filter(({ kinds }) => kinds.length > 0);

const chosen: ReadonlySet<string> = new Set(kindGroups.flatMap(({ kinds }) => kinds));

const withParts = (kind: string): readonly string[] => [
  kind,
  ...partsOf(kind).flatMap((part) => withParts(part.name)),
];

/** As the certificate has them: with parts, attachments and approvals. None stays none. */
export const grantedKinds = (kinds: readonly string[]): readonly string[] =>
  kinds.length ? [...new Set([...kinds.flatMap(withParts), ...COMPANIONS])] : [];

/** As they are shown: kinds with a place, and those that only a newer release knows. */
export const shownKinds = (granted: readonly string[]): readonly string[] =>
  granted.filter((kind) => chosen.has(kind) || !kindOf(kind));
