/** What can be lost: sites first, then services and items found by name, number, code or address. */
import { asText, type Projection } from '../../../../shared/projection/projection';
import type { RecordState } from '../../../../shared/log/record';
import { isOut } from '../../../../shared/impact/inService';

const SHOWN = 30;
const SITE_ORDER = ['main', 'dataCentre', 'alternate', 'office', 'branch', 'other'];

/** Without a query: every site, the main ones first, then every service. */
export function candidates(projection: Projection, query: string): readonly RecordState[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const sites = projection.records('site').toSorted(compareSites);
  const services = projection.records('service').toSorted(compareNames);
  if (!words.length) return [...sites, ...services].filter((state) => !isOut(state)).slice(0, 200);
  const found: RecordState[] = [];
  for (const list of [sites, services, projection.records('ci')]) {
    let count = 0;
    for (const state of list) {
      if (count >= SHOWN) break;
      if (isOut(state) || !matches(state, words)) continue;
      found.push(state);
      count++;
    }
  }
  return found;
}

const SEARCHED = ['name', 'number', 'code', 'uid', 'address', 'role', 'region', 'serial'];

function matches(state: RecordState, words: readonly string[]): boolean {
  const text = SEARCHED.map((field) => asText(state.values[field]))
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

const compareNames = (a: RecordState, b: RecordState): number =>
  asText(a.values.name).localeCompare(asText(b.values.name));

function compareSites(a: RecordState, b: RecordState): number {
  const rank = (state: RecordState) => {
    const at = SITE_ORDER.indexOf(asText(state.values.type));
    return (state.values.operation === 'closed' ? 100 : 0) + (at < 0 ? 50 : at);
  };
  return rank(a) - rank(b) || compareNames(a, b);
}
