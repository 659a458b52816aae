/** The left bar: every place that exists, in the order of screens.md's users. */
import {
  IconAddressBook,
  IconArrowsExchange,
  IconClipboardList,
  IconReportAnalytics,
  IconServer2,
  IconStack2,
  IconTool,
  IconUrgent,
  type Icon,
} from '@tabler/icons-react';
import { kindOf } from '../../shared/kinds/registry';
import type { Place } from '../../shared/kinds/define';
import type { Projection } from '../../shared/projection/projection';
import { paths } from './paths';

export type PlaceName = Place | 'exchange';

interface PlaceEntry {
  readonly name: PlaceName;
  readonly path: string;
  readonly icon: Icon;
}

export const places: readonly PlaceEntry[] = [
  { name: 'respond', path: paths.respond, icon: IconUrgent },
  { name: 'plans', path: paths.place('plans'), icon: IconClipboardList },
  { name: 'services', path: paths.place('services'), icon: IconStack2 },
  { name: 'cmdb', path: paths.place('cmdb'), icon: IconServer2 },
  { name: 'contacts', path: paths.place('contacts'), icon: IconAddressBook },
  { name: 'operations', path: paths.place('operations'), icon: IconTool },
  { name: 'management', path: paths.place('management'), icon: IconReportAnalytics },
  { name: 'exchange', path: paths.exchange, icon: IconArrowsExchange },
];

/** The place a screen belongs to, so that the left bar shows where the person is. */
export function placeOfPath(path: string, projection: Projection): PlaceName | undefined {
  const [first = '', second = ''] = path.split('/').filter(Boolean).map(decodeURIComponent);
  switch (first) {
    case 'respond':
    case 'exchange':
      return first;
    case 'review':
      return 'exchange';
    case 'place':
      return places.find((place) => place.name === second)?.name;
    case 'kind':
    case 'new':
      return kindOf(second)?.place;
    case 'record':
      return kindOf(projection.get(second)?.kind ?? '')?.place;
    default:
      return undefined;
  }
}
