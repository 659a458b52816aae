/** An invented organisation of any size, the same on every run: records, relations, and as CSV. */
import { LINK, linkId, type Fields, type Value } from '../../shared/log/change';
import type { Edit } from '../../shared/log/changeset';
import type { RecordState, Stamp } from '../../shared/log/record';

export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly fields: Fields;
}
export interface Tie {
  readonly from: string;
  readonly rel: string;
  readonly to: string;
}

type Random = (below: number) => number;

/** mulberry32, by Tommy Ettinger (public domain). */
function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const ROLES = [
  'router',
  'switch',
  'database',
  'mail relay',
  'storage',
  'firewall',
  'ups',
  'vm host',
];
const BRANDS = ['Halden', 'Norvik', 'Tessaro', '海岳', '启明'];
const WORDS =
  'core edge backup primary harbour crane billing warehouse night shift spare tested 港口 调度 备用 核心 机房 供电 报关 冷链 值班 巡检'.split(
    ' ',
  );
const SURNAMES = ['Ana', 'Bodil', 'Chidi', 'Dmitri', 'Elif', '李', '王', '陈', '赵', '周'];

const kindAt = (i: number): string => {
  const place = i % 100;
  if (i < 8 || place === 0) return 'site';
  if (place === 1) return 'organisation';
  if (place < 5) return 'service';
  if (place < 10) return 'person';
  return 'ci';
};

export const recordId = (i: number): string => (i * 7919 + 1).toString(36).padStart(16, '0');

function fieldsOf(i: number, kind: string, pick: (list: readonly string[]) => string, r: Random) {
  const n = String(i).padStart(5, '0');
  const words = (count: number) => Array.from({ length: count }, () => pick(WORDS)).join(' ');
  const code = { site: 'SIT', organisation: 'ORG', service: 'SVC', person: 'PER', ci: 'CI' }[kind];
  const number = `HQ7K-${code}-${n}`;
  if (kind === 'site') return { number, name: `${pick(WORDS)} site ${i}`, code: `S${n}` };
  if (kind === 'organisation')
    return { number, name: `${pick(BRANDS)} ${words(1)} ${i}`, type: 'supplier' };
  if (kind === 'service') {
    return { number, name: `${words(2)} ${i}`, criticality: 'high', rto: 60 + r(600), mtpd: 1440 };
  }
  if (kind === 'person') {
    return {
      number,
      name: `${pick(SURNAMES)} ${i}`,
      mobile: `555 01${r(90) + 10}`,
      jobTitle: words(2),
    };
  }
  const role = pick(ROLES);
  return {
    number,
    uid: `asset-${i * 13}`,
    name: `${role.replace(' ', '-')}-${n}`,
    status: 'inUse',
    description: words(5 + r(8)),
    role,
    address: `10.${r(256)}.${r(256)}.${r(256)}`,
    brand: pick(BRANDS),
    model: `${pick(BRANDS).slice(0, 2)}-${r(900)}`,
    serial: `SN${(r(1_000_000) * 977).toString(36).toUpperCase()}`,
    rack: `R${r(60)} U${r(42)}`,
    ...(r(20) === 0 ? { redundancyGroup: `group ${r(500)}` } : {}),
    site: recordId(r(8)),
  };
}

/** `count` records; the first eight are sites, and all CIs stand in one of them. */
export function* items(count: number): Generator<Item> {
  const r = createRandom(count);
  const pick = (list: readonly string[]) => list[r(list.length)] ?? '';
  for (let i = 0; i < count; i++) {
    const kind = kindAt(i);
    yield { id: recordId(i), kind, fields: fieldsOf(i, kind, pick, r) };
  }
}

/** About `count` relations; every record needs only earlier ones, near ones more often. */
export function* ties(records: number, count: number): Generator<Tie> {
  const r = createRandom(records + 1);
  for (let i = 0; i < count; i++) {
    const from = 8 + r(records - 8);
    const to = Math.max(8, from - 1 - r(Math.min(from, 2000)));
    const kind = kindAt(from);
    if (from <= to || !['ci', 'service'].includes(kind) || kindAt(to) !== 'ci') continue;
    const rel = kind === 'service' || r(2) ? 'dependsOn' : 'runsOn';
    yield { from: recordId(from), rel, to: recordId(to) };
  }
}

export function* edits(records: number, relations: number): Generator<Edit> {
  for (const { id, kind, fields } of items(records)) yield { do: 'create', id, kind, fields };
  for (const tie of ties(records, relations)) yield { do: 'link', ...tie };
}

/** The same as records of a projection, for what needs no log. */
export function* states(records: number, relations: number): Generator<RecordState> {
  let s = 0;
  const stateOf = (id: string, kind: string, values: Fields): RecordState => {
    const stamp: Stamp = { r: 'bench-1', s: ++s, t: [1, 0] };
    const heads = Object.fromEntries(Object.keys(values).map((field) => [field, stamp]));
    return { id, kind, values, heads, dots: [`bench-1:${s}`] };
  };
  for (const { id, kind, fields } of items(records)) yield stateOf(id, kind, fields);
  for (const { from, rel, to } of ties(records, relations)) {
    yield stateOf(linkId(from, rel, to), LINK, { from, rel, to });
  }
}

export const CSV_FIELDS = [
  'uid',
  'name',
  'description',
  'role',
  'address',
  'brand',
  'model',
  'serial',
  'rack',
] as const;

/** `count` configuration items as a register would hold them. */
export function csvOf(count: number): string {
  const lines = [CSV_FIELDS.join(',')];
  for (const { kind, fields } of items(Math.ceil((count / 9) * 10) + 100)) {
    if (kind !== 'ci') continue;
    lines.push(CSV_FIELDS.map((field) => quoted(fields[field])).join(','));
    if (lines.length > count) break;
  }
  return lines.join('\r\n');
}

const quoted = (value: Value | undefined): string => `"${typeof value === 'string' ? value : ''}"`;
