import { describe, expect, test } from 'vitest';
import { ANY_KIND, type KindDef } from '../../shared/kinds/define';
import { kinds } from '../../shared/kinds/registry';
import { locales, textsOf } from './localeFiles';

/** Every text a kind must have, as key paths of its locale file. */
function needed(kind: KindDef): string[] {
  const keys = ['label', 'plural', 'short'];
  for (const [name, field] of Object.entries(kind.fields)) {
    keys.push(`fields.${name}`);
    if (field.type === 'choice') {
      for (const option of field.options) keys.push(`options.${name}.${option}`);
    }
  }
  for (const group of Object.keys(kind.groups)) keys.push(`groups.${group}`);
  for (const relation of Object.keys(kind.relations)) {
    keys.push(`relations.${relation}.label`, `relations.${relation}.inverse`);
  }
  return keys.toSorted();
}

describe.each(locales)('labels in %s', (locale) => {
  const files = textsOf(locale);

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s has every label and no orphan',
    (name, kind) => {
      const keys = [...(files.get(`kinds/${name}`)?.keys() ?? [])];
      expect(keys.filter((key) => !key.startsWith('help.')).toSorted()).toEqual(needed(kind));
      const helped = keys.filter((key) => key.startsWith('help.')).map((key) => key.slice(5));
      expect(helped.filter((field) => !Object.hasOwn(kind.fields, field))).toEqual([]);
    },
  );

  test('every file of kind labels belongs to a kind', () => {
    const known = new Set(kinds.map((kind) => `kinds/${kind.name}`));
    const strays = [...files.keys()].filter(
      (file) => file.startsWith('kinds/') && !known.has(file),
    );
    expect(strays).toEqual([]);
  });

  test('two fields, options or relations of a kind never read the same', () => {
    const same: string[] = [];
    for (const [file, texts] of files) {
      if (!file.startsWith('kinds/')) continue;
      const seen = new Set<string>();
      for (const [key, text] of texts) {
        const scope = key.slice(0, key.lastIndexOf('.'));
        if (!/^(fields|options)/.test(scope)) continue;
        const entry = `${file} ${scope} ${text}`;
        if (seen.has(entry)) same.push(entry);
        seen.add(entry);
      }
    }
    expect(same).toEqual([]);
  });
});

test('every unit that a number field names has a label', () => {
  const units = kinds.flatMap((kind) =>
    Object.values(kind.fields).flatMap((field) =>
      field.type === 'number' && field.unit ? [field.unit] : [],
    ),
  );
  for (const locale of locales) {
    const texts = textsOf(locale).get('units');
    const known = [...(texts?.keys() ?? [])].map((key) => key.replace(/_(one|other)$/, ''));
    for (const unit of units) expect(known).toContain(unit);
  }
});

test('every kind cites a clause of the manual by its number', () => {
  for (const kind of kinds) expect(kind.clause).toMatch(/^[4-9](\.\d+)*$/);
});

test('kinds have distinct names and distinct codes for human numbers', () => {
  expect(new Set(kinds.map((kind) => kind.name)).size).toBe(kinds.length);
  expect(new Set(kinds.map((kind) => kind.code)).size).toBe(kinds.length);
  for (const kind of kinds) expect(kind.code).toMatch(/^[A-Z]{2,5}$/);
});

test('refs and relations lead to kinds that exist', () => {
  const names = new Set([...kinds.map((kind) => kind.name), ANY_KIND]);
  for (const kind of kinds) {
    for (const field of Object.values(kind.fields)) {
      if (field.type === 'ref') expect(names).toContain(field.to);
    }
    for (const relation of Object.values(kind.relations)) {
      for (const to of relation.to) expect(names).toContain(to);
    }
  }
});

test('parts name their parent by a required ref field and are ordered by a field of theirs', () => {
  for (const kind of kinds) {
    if (!kind.parent) continue;
    expect(kind.fields[kind.parent]).toMatchObject({ type: 'ref', required: true });
    if (kind.order) expect(Object.keys(kind.fields)).toContain(kind.order);
  }
});

test('lifecycles start in, and lead to, states that exist', () => {
  for (const { lifecycle } of kinds) {
    if (!lifecycle) continue;
    const states = Object.keys(lifecycle.states);
    expect(states).toContain(lifecycle.initial);
    for (const { to } of Object.values(lifecycle.states)) {
      for (const next of to) expect(states).toContain(next);
    }
  }
});

test('initial values and synonyms of a choice are among its options', () => {
  for (const kind of kinds) {
    for (const field of Object.values(kind.fields)) {
      if (field.type !== 'choice') continue;
      if (field.initial) expect(field.options).toContain(field.initial);
      for (const option of Object.values(field.synonyms ?? {})) {
        expect(field.options).toContain(option);
      }
    }
  }
});
