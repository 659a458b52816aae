/** Records side by side: which one stays, and of which each value is right. */
import { useState } from 'react';
import { Button, Group, Radio, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { kindOf } from '../../../shared/kinds/registry';
import { isEmpty } from '../../../shared/kinds/validate';
import { sameValue, type Value } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import type { Projection } from '../../../shared/projection/projection';
import type { DuplicateGroup } from '../../../shared/review/duplicates';
import { differingFields, mayTake, mergeEdits } from '../../../shared/review/merge';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../../ui/FieldValue';
import { useLabels } from '../../ui/labels';
import { numberOf, titleOf } from '../../ui/recordTitle';
import conflict from '../../ui/record/conflict.module.css';
import { ColumnHead } from './MergeColumn';
import classes from './review.module.css';
import { useReviewKeys } from './useReviewKeys';
import { sentences } from '../../ui/sentences';

/** Columns that fit beside each other; of a larger group the rest follows after a merge. */
const MOST = 6;

interface MergePanelProps {
  readonly group: DuplicateGroup;
  onApart(): void;
}

export function MergePanel({ group, onApart }: MergePanelProps) {
  const { projection } = useVault();
  const kind = kindOf(group.kind);
  const records = group.ids
    .slice(0, MOST)
    .map((id) => projection.visible(id))
    .filter((record) => record !== undefined);
  const [first] = records;
  if (!kind || !first || records.length < 2) return null;
  return <Merge kind={kind} first={first} records={records} onApart={onApart} />;
}

interface MergeProps {
  readonly kind: KindDef;
  readonly first: RecordState;
  readonly records: readonly RecordState[];
  onApart(): void;
}

function Merge({ kind, first, records, onApart }: MergeProps) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const { projection } = vault;
  const labels = useLabels();
  const commit = useCommit();
  const readOnly = !vault.isWriter();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [kept, setKept] = useState(() => mostUsed(projection, records));
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map());
  const joined = records.filter(({ id }) => !left.has(id));
  const survivor = joined.find(({ id }) => id === kept) ?? joined[0] ?? first;
  const fields = differingFields(kind, joined);
  const sourceOf = (field: string) => source(kind, survivor, joined, field, picked.get(field));
  const values: Record<string, Value> = {};
  for (const field of fields) {
    const value = sourceOf(field).values[field] ?? null;
    if (!sameValue(value, survivor.values[field] ?? null)) values[field] = value;
  }
  const losers = joined.filter(({ id }) => id !== survivor.id).map(({ id }) => id);
  const merge = mergeEdits(projection, kindOf, { survivor: survivor.id, losers, fields: values });
  const write = () =>
    void commit(
      merge.edits,
      { op: 'merge', label: titleOf(survivor) },
      t('review:merge.done', { name: titleOf(survivor) }),
    );
  useReviewKeys((key) => {
    const one = /^[1-9]$/.test(key) ? joined[Number(key) - 1] : undefined;
    if (one) return () => setKept(one.id);
    return key === 'm' && !readOnly && losers.length ? write : undefined;
  });

  return (
    <section className={classes.detail} aria-labelledby="review-merge">
      <div>
        <Title order={2} size="h4" id="review-merge">
          {t('review:merge.title', { kind: labels.kindInText(kind.name) })}
        </Title>
        <Text size="sm" c="dimmed">
          {t('review:merge.text')}
        </Text>
      </div>
      <div className={classes.wide}>
        <table className={classes.merge}>
          <thead>
            <tr>
              <td />
              {records.map((record, i) => (
                <ColumnHead
                  key={record.id}
                  record={record}
                  number={i + 1}
                  joined={!left.has(record.id)}
                  survivor={record.id === survivor.id}
                  {...(records.length > 2
                    ? {
                        onJoin: (now: boolean) => {
                          const next = new Set(left);
                          if (now) next.delete(record.id);
                          else next.add(record.id);
                          setLeft(next);
                        },
                      }
                    : {})}
                  onKeep={() => setKept(record.id)}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{labels.field(kind.name, field)}</th>
                {records.map((record) => {
                  const out = left.has(record.id);
                  const chosen = !out && sourceOf(field).id === record.id;
                  const value = record.values[field] ?? null;
                  return (
                    <td key={record.id} data-chosen={chosen || undefined}>
                      <div className={classes.cell}>
                        <Radio
                          size="xs"
                          name={`merge-${field}`}
                          aria-label={t('review:merge.takeFrom', {
                            field: labels.field(kind.name, field),
                            number: numberOf(record) || titleOf(record),
                          })}
                          checked={chosen}
                          disabled={out || !mayTake(kind, survivor, field, value)}
                          onChange={() => setPicked(new Map(picked).set(field, record.id))}
                        />
                        <div>
                          <FieldValue kind={kind} name={field} value={value} />
                        </div>
                      </div>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!fields.length && (
        <Text size="sm" c="dimmed">
          {t('review:merge.alike')}
        </Text>
      )}
      <Text size="sm" role="status">
        {sentences(
          i18n.language,
          merge.links > 0 && t('review:merge.links', { count: merge.links }),
          merge.refs > 0 && t('review:merge.refs', { count: merge.refs }),
        )}
      </Text>
      <Group gap="xs">
        <Button
          size="sm"
          disabled={readOnly || !losers.length}
          leftSection={<span className={conflict.keyOn}>M</span>}
          onClick={write}
        >
          {t('review:merge.confirm', { count: joined.length })}
        </Button>
        <Button
          size="sm"
          variant="default"
          disabled={readOnly}
          leftSection={<span className={conflict.key}>N</span>}
          onClick={onApart}
        >
          {t('review:apart.button')}
        </Button>
      </Group>
    </section>
  );
}

/** The one that most others lead to stays, unless the person says otherwise: fewest things move. */
function mostUsed(projection: Projection, records: readonly RecordState[]): string | undefined {
  const uses = (id: string) => projection.linksOf(id).length + projection.referrers(id).length;
  return records.toSorted((a, b) => uses(b.id) - uses(a.id))[0]?.id;
}

/** Where a value comes from: as picked, else the survivor, else the first that has one. */
function source(
  kind: KindDef,
  survivor: RecordState,
  joined: readonly RecordState[],
  field: string,
  picked: string | undefined,
): RecordState {
  const chosen = joined.find(({ id }) => id === picked);
  if (chosen) return chosen;
  if (!isEmpty(survivor.values[field])) return survivor;
  const filled = joined.find(
    ({ values }) =>
      !isEmpty(values[field]) && mayTake(kind, survivor, field, values[field] ?? null),
  );
  return filled ?? survivor;
}
