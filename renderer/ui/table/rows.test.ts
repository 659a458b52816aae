import { expect, test } from 'vitest';
import { ci } from '../../../shared/kinds/ci';
import { person } from '../../../shared/kinds/person';
import { service } from '../../../shared/kinds/service';
import type { KindDef } from '../../../shared/kinds/define';
import type { Fields } from '../../../shared/log/change';
import { emptyRecord, type RecordState } from '../../../shared/log/record';
import type { Format } from '../formatValue';
import { createCollation } from './collation';
import { createColumn, type Column } from './columns';
import { toCsv } from './exportCsv';
import { filterRows, sortRows } from './rows';
import { possibleColumns, usableView, type TableView } from './view';

const same = (text: string) => text;
const format: Format = {
  labels: {
    locale: 'en',
    kind: same,
    plural: same,
    kindInText: same,
    pluralInText: same,
    field: (_, field) => field,
    help: () => undefined,
    option: (_kind, _field, option) => option,
    group: (_, group) => group,
    relation: (_, relation) => relation,
    inverse: (_, relation) => relation,
    unit: (unit) => (unit === 'hour' ? 'h' : 'min'),
  },
  titleOf: (id) => `title of ${id}`,
  yes: 'yes',
  no: 'no',
};

const columnsOf = (kind: KindDef): readonly Column[] =>
  possibleColumns(kind).map((id) =>
    createColumn(kind, id, {
      format,
      delivery: () => 'notExported',
      deliveryLabel: same,
      deliveryTitle: 'delivery',
    }),
  );

const record = (kind: KindDef, id: string, values: Fields): RecordState => ({
  ...emptyRecord(id, kind.name),
  values,
});

const view = (part: Partial<TableView>) => ({ filters: {}, query: '', ...part });
const names = (rows: readonly RecordState[]) => rows.map((row) => row.values.name);

const people = ['赵敏', '白云', 'Adams', '钱进', 'zhou', '阿强'].map((name, i) =>
  record(person, `p${i}`, { name }),
);

test('Chinese names sort by pinyin, next to Latin ones without regard to case', () => {
  const sorted = sortRows(
    people,
    columnsOf(person),
    [{ id: 'name', desc: false }],
    createCollation('zh-CN'),
  );
  expect(
    names(sorted).filter((name) => typeof name === 'string' && /\p{Script=Han}/u.test(name)),
  ).toEqual(['阿强', '白云', '钱进', '赵敏']);
  expect(names(sorted).indexOf('Adams')).toBeLessThan(names(sorted).indexOf('zhou'));
});

test('numbers inside names sort by size and empty values stay last in both directions', () => {
  const rows = ['srv-10', 'srv-9', null, 'srv-2'].map((name, i) => record(ci, `c${i}`, { name }));
  const by = (desc: boolean) =>
    names(sortRows(rows, columnsOf(ci), [{ id: 'name', desc }], createCollation('en')));
  expect(by(false)).toEqual(['srv-2', 'srv-9', 'srv-10', null]);
  expect(by(true)).toEqual(['srv-10', 'srv-9', 'srv-2', null]);
});

test('capitals and accents do not part names, and more digits are a larger number', () => {
  const ranks = createCollation('en').ranks([
    'Rack 2',
    'rack 10',
    'RACK 2',
    'rack',
    'Édith',
    'edith',
  ]);
  expect(ranks.get('Rack 2')).toBe(ranks.get('RACK 2'));
  expect(ranks.get('Édith')).toBe(ranks.get('edith'));
  expect(ranks.get('rack')).toBeLessThan(ranks.get('Rack 2') ?? 0);
  expect(ranks.get('Rack 2')).toBeLessThan(ranks.get('rack 10') ?? 0);
});

test('the second column decides among equals, and choices sort in the order of their options', () => {
  const rows = [
    record(service, 'a', { name: 'a', criticality: 'low', rto: 60 }),
    record(service, 'b', { name: 'b', criticality: 'critical', rto: 120 }),
    record(service, 'c', { name: 'c', criticality: 'critical', rto: 30 }),
  ];
  const sort = [
    { id: 'criticality', desc: false },
    { id: 'rto', desc: false },
  ];
  expect(names(sortRows(rows, columnsOf(service), sort, createCollation('en')))).toEqual([
    'c',
    'b',
    'a',
  ]);
});

test('texts that come later take their place among those sorted before', () => {
  const collation = createCollation('en');
  collation.ranks(['b', 'd', 'f']);
  const ranks = collation.ranks(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  const sorted = ['g', 'c', 'a', 'f', 'e', 'b', 'd'].toSorted(
    (x, y) => (ranks.get(x) ?? 0) - (ranks.get(y) ?? 0),
  );
  expect(sorted).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
});

test('every word of the quick filter must stand in some shown column', () => {
  const rows = [
    record(ci, 'a', { name: 'Core router', site: 'harbour' }),
    record(ci, 'b', { name: 'Core switch', site: 'hill' }),
  ];
  const shown = columnsOf(ci).filter(({ id }) => id === 'name' || id === 'site');
  const found = (query: string) => names(filterRows(rows, shown, [], view({ query })));
  expect(found('core')).toEqual(['Core router', 'Core switch']);
  expect(found('HARBOUR core')).toEqual(['Core router']);
  expect(found('ｃｏｒｅ hill')).toEqual(['Core switch']);
  expect(found('core nowhere')).toEqual([]);
});

test('each kind of column filter keeps the rows it names', () => {
  const rows = [
    record(service, 'a', { name: 'a', criticality: 'low', rto: 60, reviewDate: '2026-05-01' }),
    record(service, 'b', { name: 'b', criticality: 'high', owner: 'p1', rto: 240 }),
  ];
  const columns = columnsOf(service);
  const kept = (filters: TableView['filters']) =>
    names(filterRows(rows, columns, columns, view({ filters })));
  expect(kept({ criticality: { is: 'oneOf', values: ['low', 'medium'] } })).toEqual(['a']);
  expect(kept({ owner: { is: 'oneOf', values: ['p1'] } })).toEqual(['b']);
  expect(kept({ owner: { is: 'empty' } })).toEqual(['a']);
  expect(kept({ owner: { is: 'filled' } })).toEqual(['b']);
  expect(kept({ rto: { is: 'between', from: 61 } })).toEqual(['b']);
  expect(kept({ rto: { is: 'between', to: 240 } })).toEqual(['a', 'b']);
  expect(kept({ reviewDate: { is: 'between', from: '2026-01-01', to: '2026-12-31' } })).toEqual([
    'a',
  ]);
  expect(kept({ name: { is: 'contains', text: 'B' } })).toEqual(['b']);
  expect(kept({ rto: { is: 'between', from: 61 }, owner: { is: 'empty' } })).toEqual([]);
});

test('an export opens in a spreadsheet without running anything', () => {
  const rows = [
    record(service, 'a', { name: '=HYPERLINK("x")', rto: 90, mbco: '-1 person' }),
    record(service, 'b', { name: 'Ferry, "night"', rto: 0 }),
  ];
  const columns = columnsOf(service).filter(({ id }) => ['name', 'rto', 'mbco'].includes(id));
  const bytes = toCsv(columns, rows);
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe(
    'name,rto,mbco\r\n"\'=HYPERLINK(""x"")",90,\'-1 person\r\n"Ferry, ""night""",0,',
  );
});

test('a stored view from an older release loses only what is gone', () => {
  const stored = {
    columns: ['name', 'vanished', 'site'],
    sort: [{ id: 'vanished', desc: true }],
    filters: { vanished: { is: 'empty' }, site: { is: 'filled' } },
  } as const;
  expect(usableView(ci, stored)).toMatchObject({
    columns: ['name', 'site'],
    sort: [],
    filters: { site: { is: 'filled' } },
  });
  expect(usableView(ci, { columns: ['vanished'] }).columns).toEqual(ci.columns);
});
