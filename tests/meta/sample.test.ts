import { describe, expect, test } from 'vitest';
import { readSample } from '../../renderer/app/sample';
import { sampleEdits } from '../../renderer/app/sampleEdits';
import { drillEntry } from '../../shared/kinds/drillEntry';
import { kindOf } from '../../shared/kinds/registry';
import { checkFields } from '../../shared/kinds/validate';
import { buildChanges } from '../../shared/log/changeset';
import { LINK } from '../../shared/log/change';
import { asText, createProjection, type Projection } from '../../shared/projection/projection';
import { endOf } from '../../shared/projection/references';
import type { RecordState } from '../../shared/log/record';
import { readEntry } from '../../shared/response/entry';
import { readFrozen } from '../../shared/response/readFrozen';
import { reportOf } from '../../shared/response/report';
import { foldRun } from '../../shared/response/run';
import { locales, type LocaleName } from './localeFiles';

const NOW = Date.UTC(2031, 1, 28, 12);

async function load(locale: LocaleName): Promise<Projection> {
  const { common, texts } = await readSample(locale);
  const projection = createProjection(kindOf);
  let ids = 0;
  const edits = sampleEdits(common, texts, {
    locale,
    now: NOW,
    newId: () => `sample${String(++ids).padStart(10, '0')}`,
    nextNumber: (kind) => projection.nextNumber('HQ7K', kindOf(kind)?.code ?? ''),
  });
  const author = {
    replica: 'hq-1',
    next: 1,
    t: [NOW, 0],
    by: 'test',
    why: { op: 'sample' },
  } as const;
  const version = (kind: string) => kindOf(kind)?.version ?? 1;
  projection.apply(buildChanges(edits, projection.get, version, author), NOW);
  return projection;
}

const records = (projection: Projection): RecordState[] => [...projection.all()];

describe.each(locales)('the sample organisation in %s', async (locale) => {
  const projection = await load(locale);

  test('holds only valid records', () => {
    for (const { id, kind: name, values } of records(projection)) {
      const kind = kindOf(name);
      expect(kind, id).toBeDefined();
      if (kind) expect(checkFields(kind, values), `${name} ${asText(values.name)}`).toEqual({});
    }
  });

  test('leads every ref to a record of the kind that the field names', () => {
    for (const { kind, values } of records(projection)) {
      for (const [name, field] of Object.entries(kindOf(kind)?.fields ?? {})) {
        const value = values[name];
        if (field.type !== 'ref' || typeof value !== 'string') continue;
        expect(projection.visible(value)?.kind, `${kind}.${name}`).toBe(field.to);
      }
    }
  });

  test('links only records that the relation allows, both ends present', () => {
    for (const link of projection.records(LINK)) {
      const from = projection.visible(endOf(link, 'from'));
      const to = projection.visible(endOf(link, 'to'));
      const rel = asText(link.values.rel);
      const relation = kindOf(from?.kind ?? '')?.relations[rel];
      expect(relation, `${from?.kind}.${rel}`).toBeDefined();
      expect(relation?.to, `${from?.kind}.${rel}`).toContain(to?.kind);
      if (link.values.role !== undefined) expect(relation?.role, rel).toBe(true);
    }
  });

  test('has plans whose steps and callers form no circle and stay inside their plan', () => {
    const done = new Set<string>();
    const next = (id: string): string[] => [
      ...projection.linksFrom(id, 'after').map((link) => endOf(link, 'to')),
      ...[projection.get(id)?.values.calledBy].filter((caller) => typeof caller === 'string'),
    ];
    const visit = (id: string, path: readonly string[]) => {
      expect(path).not.toContain(id);
      if (done.has(id)) return;
      for (const other of next(id)) {
        expect(projection.get(other)?.values.plan).toBe(projection.get(id)?.values.plan);
        visit(other, [...path, id]);
      }
      done.add(id);
    };
    for (const kind of ['planStep', 'callNode']) {
      for (const { id } of projection.records(kind)) visit(id, []);
    }
    expect(done.size).toBeGreaterThan(40);
  });

  test('gives every record a number of its own', () => {
    const numbers = records(projection).map(({ values }) => values.number);
    const given = numbers.filter((number) => typeof number === 'string');
    expect(new Set(given).size).toBe(given.length);
    expect(given).toContain('HQ7K-CI-0001');
    expect(given).toContain('HQ7K-CI-0060');
  });

  test('recovers every service of the main plan within its RTO when steps take as planned', () => {
    const finish = (id: string): number =>
      Number(projection.get(id)?.values.duration ?? 0) +
      Math.max(0, ...projection.linksFrom(id, 'after').map((link) => finish(endOf(link, 'to'))));
    let restored = 0;
    for (const { id, values } of projection.records('planStep')) {
      if (typeof values.restores !== 'string' || values.countsTowardsRto !== true) continue;
      restored++;
      const service = projection.get(values.restores)?.values;
      expect(finish(id), asText(values.title)).toBeLessThanOrEqual(Number(service?.rto));
      expect(Number(service?.rto)).toBeLessThan(Number(service?.mtpd));
    }
    expect(restored).toBeGreaterThanOrEqual(10);
  });

  test('has a finished drill whose log tells what went well and what did not', () => {
    const drills = projection.records('drill');
    const past = drills.find(({ values }) => values.status === 'reported');
    const frozen = readFrozen(past?.values.frozen);
    if (!past || !frozen) throw new Error('no finished drill');
    const entries = projection.parts(past.id, drillEntry).map(readEntry);
    expect(entries).not.toContain(undefined);
    const run = foldRun(
      frozen,
      entries.filter((entry) => entry !== undefined),
      'drill',
    );
    const report = reportOf(run, NOW);
    const verdicts = report.services.map(({ rto }) => rto).toSorted();
    expect(verdicts).toEqual([...Array<string>(7).fill('met'), 'missed', 'notBack', 'notBack']);
    expect(report).toMatchObject({ skipped: 5, open: 1 });
    expect(report.duration).toBeCloseTo(245, 1);
    expect(report.calls).toMatchObject({ total: 16, reached: 13, byDeputy: 2, wrongNumbers: 1 });
    const early = run.steps.filter(
      ({ status, startedAt }) => status === 'done' && startedAt === undefined,
    );
    expect(early).toEqual([]);
  });

  test('keeps uids of CIs unique and dates near the day it is loaded', () => {
    const uids = projection.records('ci').map(({ values }) => values.uid);
    expect(new Set(uids).size).toBe(uids.length);
    const verified = projection.records('person').map(({ values }) => asText(values.lastVerified));
    expect(verified).toContain('2031-02-25');
  });
});

test('the sample organisation has the same records, texts and roles in both languages', async () => {
  const [en, zh] = await Promise.all([readSample('en'), readSample('zh-CN')]);
  const shape = (texts: typeof en.texts) => ({
    records: Object.fromEntries(
      Object.entries(texts.records).map(([id, fields]) => [id, Object.keys(fields)]),
    ),
    roles: Object.keys(texts.roles),
    drill: Object.keys(texts.pastDrill.fields),
    log: texts.pastDrill.entries.map((text) => text === ''),
  });
  expect(shape(zh.texts)).toEqual(shape(en.texts));
  const ids = en.common.records.map(({ id }) => id);
  expect(Object.keys(en.texts.records)).toEqual(ids);
  const links = new Set(en.common.links.map((link) => link.join(' ')));
  for (const role of Object.keys(en.texts.roles)) expect(links).toContain(role);
});

test('the Chinese texts of the sample are Chinese', async () => {
  const { texts } = await readSample('zh-CN');
  const untranslated = Object.entries(texts.records).flatMap(([id, fields]) =>
    Object.entries(fields)
      .filter(([field]) => /^(name|title|body|instructions|description|role)$/.test(field))
      .filter(([, text]) => !/\p{Script=Han}/u.test(text))
      .map(([field]) => `${id}.${field}`),
  );
  expect(untranslated).toEqual([]);
});
