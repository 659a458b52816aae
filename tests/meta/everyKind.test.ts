import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { webCodec } from '../../renderer/exchange/webCodec';
import { decodeSegment, encodeSegment } from '../../shared/exchange/segment';
import { kinds, kindOf } from '../../shared/kinds/registry';
import { checkFields } from '../../shared/kinds/validate';
import { upcastChange } from '../../shared/kinds/upcast';
import { linkId, type Change } from '../../shared/log/change';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { applyChange, conflictsOf, type RecordState } from '../../shared/log/record';
import { arbitraryRecord } from './arbitraryRecord';

const ID = 'abcdefgh01234567';
const RUNS = { numRuns: 60 };
const versionOf = (kind: string) => kindOf(kind)?.version ?? 1;
const author = (next: number) =>
  ({ replica: 'hq-1', next, t: [1_700_000_000_000, next], by: 'A' }) as const;

const overTheWire = (changes: readonly Change[]): readonly Change[] =>
  JSON.parse(JSON.stringify(changes)) as readonly Change[];

function applied(state: RecordState | undefined, changes: readonly Change[]): RecordState {
  let out = state;
  for (const change of changes) {
    const lifted = upcastChange(kindOf(change.k), change);
    out = applyChange(out, lifted, { 'hq-1': change.s - 1 }, new Set());
  }
  if (!out) throw new Error('no change');
  return out;
}

const write = (edit: Edit, before: RecordState | undefined, next: number) =>
  overTheWire(buildChanges([edit], () => before, versionOf, author(next)));

describe.each(kinds.map((kind) => [kind.name, kind] as const))('kind %s', (name, kind) => {
  const record = arbitraryRecord(kind);

  test('accepts what its declaration allows', () => {
    fc.assert(
      fc.property(record, (fields) => {
        expect(checkFields(kind, fields)).toEqual({});
      }),
      RUNS,
    );
  });

  test('comes back from the log as it was written, and again after an edit', () => {
    fc.assert(
      fc.property(record, record, (first, second) => {
        const made = applied(
          undefined,
          write({ do: 'create', kind: name, id: ID, fields: first }, undefined, 1),
        );
        expect(made.values).toEqual(first);
        const edits = write({ do: 'set', id: ID, fields: second }, made, 2);
        const after = edits.length ? applied(made, edits) : made;
        expect(after.values).toEqual({ ...first, ...second });
        expect(conflictsOf(after)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('comes back from a sealed segment as it was written', async () => {
    const some = fc.array(record, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(some, async (records) => {
        const changes = buildChanges(
          records.map((fields, i): Edit => ({
            do: 'create',
            kind: name,
            id: idOf(i),
            fields,
          })),
          () => undefined,
          versionOf,
          author(1),
        );
        const segment = await encodeSegment(changes, undefined, webCodec);
        const opened = await decodeSegment(segment.bytes, webCodec);
        expect(opened).toMatchObject({ ok: true, value: { changes } });
      }),
      { numRuns: 10 },
    );
  });

  const idOf = (i: number): string =>
    name === 'link'
      ? linkId(ID, 'dependsOn', `record${String(i).padStart(10, '0')}`)
      : ID.slice(0, 15) + String(i);
});
