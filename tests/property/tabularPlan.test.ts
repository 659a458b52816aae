/** What importing does to the records, on a real projection. */
import { expect, test } from 'vitest';
import { guessMapping, guessRecords } from '../../shared/tabular/guess';
import type { RecordMapping } from '../../shared/tabular/mapping';
import { refusedCsv } from '../../shared/tabular/refused';
import { kindOf } from '../../shared/kinds/registry';
import { registry, sheetOfText, type Registry } from './tabularSupport';

const people = 'name,email,title\nChen Wei,chen@harbour.example,Duty officer\nLi Na,,Planner\n';

const byName = (vault: Registry, kind: string, name: string) =>
  vault.projection.records(kind).filter((record) => record.values.name === name);

function mappingOf(vault: Registry, kind: string, sheet: ReturnType<typeof sheetOfText>) {
  const def = kindOf(kind);
  if (!def) throw new Error(kind);
  return guessRecords(sheet, def, vault);
}

test('new rows create, changed rows update only what changed, others stay as they are', () => {
  const vault = registry();
  expect(vault.take(sheetOfText('contacts.csv', people)).counts).toMatchObject({ create: 2 });
  const edited = people.replace('Planner', 'Head of planning');
  const plan = vault.plan(sheetOfText('contacts.csv', edited));
  expect(plan.counts).toMatchObject({ create: 0, update: 1, unchanged: 1 });
  expect(plan.rows[1]?.changes).toEqual([
    { field: 'jobTitle', before: 'Planner', after: 'Head of planning' },
  ]);
  expect(plan.edits).toEqual([
    { do: 'set', id: plan.rows[1]?.id, fields: { jobTitle: 'Head of planning' } },
  ]);
});

test('an empty cell leaves the record as it is, or clears it when the person says so', () => {
  const vault = registry();
  vault.take(sheetOfText('contacts.csv', people));
  const sheet = sheetOfText('contacts.csv', people.replace('chen@harbour.example', ''));
  expect(vault.plan(sheet).counts.unchanged).toBe(2);
  const clearing: RecordMapping = { ...mappingOf(vault, 'person', sheet), empty: 'clear' };
  const plan = vault.take(sheet, clearing);
  expect(plan.counts.update).toBe(1);
  expect(byName(vault, 'person', 'Chen Wei')[0]?.values.email).toBeNull();
});

test('keys count neither case nor width nor spaces', () => {
  const vault = registry();
  vault.take(sheetOfText('contacts.csv', people));
  const plan = vault.plan(sheetOfText('contacts.csv', 'name,title\n ＬＩ  na,Planner\n'));
  expect(plan.counts).toMatchObject({ create: 0, update: 1 });
  expect(plan.rows[0]?.changes.map((change) => change.field)).toEqual(['name']);
});

test('rows that share a key stay records of their own and pair one to one when they come again', () => {
  const vault = registry();
  const text = 'id,name,site,class\nd1,Panel,A,panel\nd1,Panel,B,panel\nd1,Panel,C,panel\n';
  const sheet = sheetOfText('cis.csv', text);
  const first = vault.take(sheet);
  expect(first.counts).toMatchObject({ create: 3, warnings: 3 });
  expect(first.rows[0]?.warnings).toEqual([
    { code: 'import.duplicateKey', params: { key: 'd1', count: 3 } },
  ]);
  expect(vault.plan(sheet).counts.unchanged).toBe(3);
  const reordered = sheetOfText('cis.csv', 'id,name,site\nd1,Panel,C\nd1,Panel,A\nd1,Panel,B\n');
  expect(vault.plan(reordered).counts.unchanged).toBe(3);
});

test('a name nobody has entered yet creates the record, leaves the field empty or refuses the row', () => {
  const sheet = sheetOfText('cis.csv', 'uid,name,provider\nx1,Link,Harbour Telecom\n');
  for (const missing of ['create', 'empty', 'refuse'] as const) {
    const vault = registry();
    const guess = mappingOf(vault, 'ci', sheet);
    const columns = { ...guess.columns, provider: { field: 'supplier', missing } };
    const plan = vault.take(sheet, { ...guess, columns });
    const made = vault.projection.records('organisation');
    if (missing === 'create') {
      expect(made[0]?.values).toMatchObject({ name: 'Harbour Telecom', type: 'supplier' });
      expect(plan.alsoCreated.map((record) => record.title)).toEqual(['Harbour Telecom']);
    } else expect(made).toHaveLength(0);
    if (missing === 'empty') expect(plan.rows[0]?.warnings[0]?.code).toBe('import.refLeftEmpty');
    if (missing === 'refuse') expect(plan.rows[0]?.reasons[0]?.code).toBe('import.refUnknown');
  }
});

test('a refused row creates nothing, not even the records it names', () => {
  const vault = registry();
  const plan = vault.take(
    sheetOfText('cis.csv', 'uid,name,provider,warranty\nx1,L,Telecom,soon\n'),
  );
  expect(plan.counts.refused).toBe(1);
  expect(plan.rows[0]?.reasons).toEqual([{ code: 'field.date', column: 'warranty' }]);
  expect(plan.edits).toEqual([]);
});

test('rows may point to rows of the same file, in either order', () => {
  const vault = registry();
  vault.take(sheetOfText('sites.csv', 'name,alternate site\nMain,Backup\nBackup,Main\n'));
  const [main] = byName(vault, 'site', 'Main');
  const [backup] = byName(vault, 'site', 'Backup');
  expect(main?.values.alternate).toBe(backup?.id);
  expect(backup?.values.alternate).toBe(main?.id);
  expect(vault.projection.records('site')).toHaveLength(2);
});

test('a row that points to a refused row of the same file is refused too', () => {
  const vault = registry();
  const text = 'name,alternate site,secure storage\nMain,Backup,yes\nBackup,,perhaps\n';
  const sheet = sheetOfText('sites.csv', text);
  const guess = mappingOf(vault, 'site', sheet);
  const columns = {
    ...guess.columns,
    'alternate site': { field: 'alternate', missing: 'refuse' as const },
  };
  expect(vault.plan(sheet, { ...guess, columns }).counts.refused).toBe(2);
});

test('values nobody knows refuse the row until the person says what they mean', () => {
  const vault = registry();
  const sheet = sheetOfText('cis.csv', 'uid,name,status\na,A,Humming\nb,B,Silent\nc,C,active\n');
  const guess = mappingOf(vault, 'ci', sheet);
  expect(vault.plan(sheet, guess).counts).toMatchObject({ create: 1, refused: 2 });
  const values = { humming: 'inUse', silent: '' };
  const columns = { ...guess.columns, status: { field: 'status', values } };
  expect(vault.plan(sheet, { ...guess, columns }).counts).toMatchObject({ create: 3, refused: 0 });
});

test('a status the lifecycle does not allow from where the record stands is refused', () => {
  const vault = registry();
  vault.take(sheetOfText('cis.csv', 'uid,name,status\na,A,retired\n'));
  const plan = vault.plan(sheetOfText('cis.csv', 'uid,name,status\na,A,active\n'));
  expect(plan.rows[0]?.reasons[0]?.code).toBe('field.move');
});

test('parts are told apart by the record they belong to', () => {
  const vault = registry();
  for (const name of ['North', 'South']) {
    vault.apply([{ do: 'create', kind: 'plan', id: `plan${name}`, fields: { name } }]);
  }
  const text = 'plan,title\nNorth,Notify staff\nSouth,Notify staff\n';
  const sheet = sheetOfText('plan steps.csv', text);
  const mapping = mappingOf(vault, 'planStep', sheet);
  const plan = vault.take(sheet, mapping);
  expect(plan.counts).toMatchObject({ create: 2, warnings: 0 });
  expect(vault.plan(sheet, mapping).counts.unchanged).toBe(2);
});

test('numbers are counted on within one import and kept when they are ours and free', () => {
  const vault = registry();
  vault.take(sheetOfText('sites.csv', 'name\nA\nB\nC\n'));
  const numbers = vault.projection.records('site').map((site) => site.values.number);
  expect(numbers).toEqual(['HQ1-SIT-0001', 'HQ1-SIT-0002', 'HQ1-SIT-0003']);
  const text = 'number,name\nHQ1-SIT-0002,Renamed\nHB1-SIT-0007,D\n,E\n';
  expect(vault.take(sheetOfText('sites.csv', text)).counts).toMatchObject({ update: 1, create: 2 });
  expect(byName(vault, 'site', 'Renamed')[0]?.values.number).toBe('HQ1-SIT-0002');
  expect(byName(vault, 'site', 'D')[0]?.values.number).toBe('HB1-SIT-0007');
  expect(byName(vault, 'site', 'E')[0]?.values.number).toBe('HQ1-SIT-0004');
});

test('labels of either language name the columns', () => {
  const vault = registry();
  const text = '名称,类型,电话\n港口电信,供应商,010 5550 0100\n';
  vault.take(sheetOfText('单位.csv', text));
  expect(vault.projection.records('organisation')[0]?.values).toMatchObject({
    name: '港口电信',
    type: 'supplier',
    phone: '010 5550 0100',
  });
});

test('the name of the file tells what its columns do not', () => {
  const vault = registry();
  const guess = (name: string) => guessMapping(sheetOfText(name, 'name,slug\nAcme,acme\n'), vault);
  expect(guess('suppliers.csv')).toMatchObject({
    kind: 'organisation',
    constants: { type: 'supplier' },
  });
  expect(guess('供应商.csv')).toMatchObject({ constants: { type: 'supplier' } });
  expect(guess('sites 2026.csv')).toMatchObject({ kind: 'site' });
});

test('relations are named in either language and read from either end', () => {
  const vault = registry();
  vault.take(sheetOfText('cis.csv', 'uid,name\nvm,Database\nhost,Host 1\n'));
  const text = 'from,relation,to\nvm,Runs on,host\n';
  expect(vault.take(sheetOfText('relations.csv', text)).counts.create).toBe(1);
  const chinese = vault.labels[1]?.ci?.relations?.runsOn;
  const forward = sheetOfText('关系.csv', `起点,关系,终点\nDatabase,${chinese?.label},Host 1\n`);
  expect(vault.plan(forward).counts.unchanged).toBe(1);
  const inverse = sheetOfText('关系.csv', `起点,关系,终点\nhost,${chinese?.inverse},vm\n`);
  expect(vault.plan(inverse).counts).toMatchObject({ unchanged: 1, refused: 0 });
});

test('relations say which end is unknown, ambiguous or empty', () => {
  const vault = registry();
  vault.take(sheetOfText('cis.csv', 'uid,name\na,Twin\nb,Twin\nc,Host\n'));
  const text = 'from,relation,to\nTwin,runs on,c\nx,runs on,c\na,likes,c\na,runs on,\n';
  const plan = vault.plan(sheetOfText('relations.csv', text));
  expect(plan.rows[0]?.warnings[0]).toMatchObject({ code: 'import.refAmbiguous' });
  expect(plan.rows.slice(1).map((row) => row.reasons[0])).toEqual([
    { code: 'import.unknownEnd', column: 'from', params: { text: 'x' } },
    { code: 'import.unknownRelation', column: 'relation', params: { text: 'likes' } },
    { code: 'import.emptyEnd', column: 'to' },
  ]);
});

test('one relation named twice keeps both roles and comes again unchanged', () => {
  const vault = registry();
  vault.take(sheetOfText('cis.csv', 'uid,name\na,Core\n'));
  vault.take(sheetOfText('contacts.csv', people));
  const text = 'object,contact,role,priority\na,Li Na,Owner,primary\na,Li Na,Deputy,\n';
  const sheet = sheetOfText('assignments.csv', text);
  const plan = vault.take(sheet);
  expect(plan.rows[1]?.warnings[0]?.code).toBe('import.sameRelation');
  const [link] = vault.projection.records('link');
  expect(link?.values.role).toBe('Owner (primary); Deputy');
  expect(vault.plan(sheet).edits).toEqual([]);
});

test('cells named like parts of every object are values like any other', () => {
  const vault = registry();
  const text = 'uid,name,status\na,constructor,__proto__\nb,toString,valueOf\n';
  const plan = vault.take(sheetOfText('cis.csv', text));
  expect(plan.rows).toHaveLength(2);
});

test('refused rows come back as a file that runs nothing', () => {
  const vault = registry();
  const sheet = sheetOfText('cis.csv', 'uid,name,warranty\na,=1+1,soon\n');
  const plan = vault.take(sheet);
  const file = refusedCsv(sheet, plan.rows, ',', 'Reason', () => 'x');
  expect(file).toContain("\na,'=1+1,soon,x");
});

test('refused rows come back as a file with their reasons, and import once repaired', () => {
  const vault = registry();
  const sheet = sheetOfText('cis.csv', 'uid;name;warranty\na;A;soon\nb;B;2027-01-31\n');
  const plan = vault.take(sheet);
  const file = refusedCsv(sheet, plan.rows, ';', 'Reason', (row) => row.reasons[0]?.code ?? '');
  expect(file).toBe('\uFEFFuid;name;warranty;Reason\r\na;A;soon;field.date\r\n');
  const repaired = sheetOfText('repaired.csv', file.replace('soon', '2027-02-28'));
  expect(vault.take(repaired).counts).toMatchObject({ create: 1, refused: 0 });
});

test('a relation to a name that several records share goes to the first and names all of them', () => {
  const vault = registry();
  vault.take(sheetOfText('cis.csv', 'id,name\nd1,Panel\nd2,Panel\nd3,Router\n'));
  const plan = vault.take(
    sheetOfText('relations.csv', 'source,relation,target\nPanel,depends on,Router\n'),
  );
  const [first, second] = byName(vault, 'ci', 'Panel');
  expect(plan.edits).toMatchObject([{ do: 'link', from: first?.id }]);
  expect(plan.rows[0]?.warnings).toMatchObject([
    { code: 'import.refAmbiguous', params: { text: 'Panel', count: 2 } },
  ]);
  expect(plan.duplicates).toEqual([{ kind: 'ci', text: 'Panel', ids: [first?.id, second?.id] }]);
});

test('rows that share a key are duplicates to review, with the records they become', () => {
  const vault = registry();
  const plan = vault.take(sheetOfText('cis.csv', 'id,name\nd1,Panel A\nd1,Panel B\nd2,Router\n'));
  const ids = plan.rows.slice(0, 2).map((row) => row.id);
  expect(plan.duplicates).toEqual([{ kind: 'ci', text: 'd1', ids }]);
});

test('the error of a formula is no value: the field keeps what it has, with a warning', () => {
  const vault = registry();
  vault.take(sheetOfText('contacts.csv', people));
  const sheet = sheetOfText('contacts.csv', 'name,email,title\nChen Wei,#N/A,#REF!\n');
  for (const empty of ['keep', 'clear'] as const) {
    const plan = vault.plan(sheet, { ...mappingOf(vault, 'person', sheet), empty });
    expect(plan.counts).toMatchObject({ unchanged: 1, warnings: 1 });
    expect(plan.rows[0]?.warnings).toEqual([
      { code: 'import.errorCell', params: { text: '#N/A' }, column: 'email' },
      { code: 'import.errorCell', params: { text: '#REF!' }, column: 'title' },
    ]);
  }
  const unnamed = vault.plan(sheetOfText('contacts.csv', 'name,email\n#N/A,a@b.example\n'));
  expect(unnamed.counts).toMatchObject({ refused: 1, warnings: 1 });
});
