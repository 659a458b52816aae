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
  const lists = [sites, services, projection.records('ci')].map((list) => bestOf(list, words));
  // A close match of any kind comes before letters that only occur somewhere in a site.
  return CLOSENESS.flatMap((closeness) => lists.flatMap((list) => list[closeness] ?? []));
}

/** 0: the name begins so; 1: the name contains it; 2: words begin so; 3: found anywhere. */
const CLOSENESS = [0, 1, 2, 3] as const;
type Closeness = (typeof CLOSENESS)[number];

/** Those that match, by closeness. Enter takes the first of them, so it must be the one meant. */
function bestOf(
  list: readonly RecordState[],
  words: readonly string[],
): readonly (readonly RecordState[])[] {
  const found: RecordState[][] = CLOSENESS.map(() => []);
  for (const state of list) {
    const closeness = isOut(state) ? undefined : closenessOf(state, words);
    const bucket = closeness === undefined ? undefined : found[closeness];
    if (bucket && bucket.length < SHOWN) bucket.push(state);
    if (closeness === 0 && bucket?.length === SHOWN) break;
  }
  let left = SHOWN;
  return found.map((bucket) => {
    const kept = bucket.slice(0, left);
    left -= kept.length;
    return kept;
  });
}

const SEARCHED = ['name', 'number', 'code', 'uid', 'address', 'role', 'region', 'serial'];

function closenessOf(state: RecordState, words: readonly string[]): Closeness | undefined {
  const text = SEARCHED.map((field) => asText(state.values[field]))
    .join('\n')
    .toLowerCase();
  if (!words.every((word) => text.includes(word))) return undefined;
  const phrase = words.join(' ');
  const name = asText(state.values.name).toLowerCase();
  if (name.startsWith(phrase)) return 0;
  if (name.includes(phrase)) return 1;
  return words.every((word) => startsInside(text, word)) ? 2 : 3;
}

/** Does a word of the text begin so? Numbers such as `P3-SRV-01` are found by any of their parts. */
function startsInside(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !LETTER.test(text.charAt(at - 1))) return true;
  }
  return false;
}
const LETTER = /[\p{L}\p{N}]/u;

const compareNames = (a: RecordState, b: RecordState): number =>
  asText(a.values.name).localeCompare(asText(b.values.name));

function compareSites(a: RecordState, b: RecordState): number {
  const rank = (state: RecordState) => {
    const at = SITE_ORDER.indexOf(asText(state.values.type));
    return (state.values.operation === 'closed' ? 100 : 0) + (at < 0 ? 50 : at);
  };
  return rank(a) - rank(b) || compareNames(a, b);
}
