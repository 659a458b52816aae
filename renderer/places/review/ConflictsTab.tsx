/** The queue of conflicts: filter, walk through, decide one by one or many at once. */
import { useMemo, useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { IconGavel, IconSquare, IconSquareCheckFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { kindOf } from '../../../shared/kinds/registry';
import { DELETED } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import type { Conflict } from '../../../shared/review/conflict';
import { bothOf, settle } from '../../../shared/review/decide';
import { paths } from '../../app/paths';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { KindIcon } from '../../ui/KindIcon';
import { useLabels } from '../../ui/labels';
import { formatValue } from '../../ui/formatValue';
import { useFormat } from '../../ui/useFormat';
import { BulkDialog } from './BulkDialog';
import { ConflictDetail } from './ConflictDetail';
import { Empty } from './Empty';
import { FilterBar } from './FilterBar';
import { ItemList } from './ItemList';
import { KeyHints } from './KeyHints';
import { recordName } from './recordName';
import classes from './review.module.css';
import { NO_FILTERS, useConflictList } from './useConflictList';
import { useReviewKeys } from './useReviewKeys';

export function ConflictsTab() {
  const { t } = useTranslation();
  const vault = useVault();
  const commit = useCommit();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('record');
  const [filters, setFilters] = useState(NO_FILTERS);
  const list = useConflictList(filters);
  const { shown } = list;
  const [at, setAt] = useState(() => placeOf(shown, ({ id }) => id === asked));
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [typing, setTyping] = useState(false);
  const [bulk, setBulk] = useState(false);
  // What was settled leaves its place to the next one; taken back, it is where the person is again.
  const found = shown.findIndex(({ key }) => key === at.key);
  const index = found >= 0 ? found : Math.min(at.index, shown.length - 1);
  const current = shown[index];
  const chosen = useMemo(() => shown.filter(({ key }) => ticked.has(key)), [shown, ticked]);
  const readOnly = !vault.isWriter();

  const move = (to: number) => {
    const next = Math.min(Math.max(0, to), shown.length - 1);
    setAt({ index: next, key: shown[next]?.key });
    setTyping(false);
  };
  const decide = (edits: readonly Edit[]) => {
    setTyping(false);
    void commit(edits, { op: 'resolve' }, t('record:conflictResolved'));
  };
  const tick = (conflict: Conflict) =>
    setTicked((before) => {
      const next = new Set(before);
      if (!next.delete(conflict.key)) next.add(conflict.key);
      return next;
    });

  useReviewKeys((key) => {
    if (key === 'j' || key === 'arrowdown') return () => move(index + 1);
    if (key === 'k' || key === 'arrowup') return () => move(index - 1);
    if (!current) return undefined;
    if (key === 'x') return () => tick(current);
    if (key === 'o') return () => navigate(paths.record(current.id));
    if (readOnly) return undefined;
    const field = kindOf(current.kind)?.fields[current.field];
    if (key === 'e' && field && !field.computed) return () => setTyping(true);
    const both = key === 'b' ? bothOf(field, current.choices) : undefined;
    if (both !== undefined) return () => decide([settle(current, both)]);
    const choice = /^[1-9]$/.test(key) ? current.choices[Number(key) - 1] : undefined;
    return choice && (() => decide([settle(current, choice.value)]));
  });

  if (!list.all.length)
    return <Empty title={t('review:none.conflicts')} text={t('review:none.conflictsText')} />;
  return (
    <>
      <Group gap="xs" justify="space-between">
        <FilterBar list={list} filters={filters} onChange={setFilters} />
        <Group gap="xs">
          <Text size="sm" c="dimmed" role="status">
            {t('review:shown', { count: shown.length, total: list.all.length })}
          </Text>
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconGavel size={14} aria-hidden />}
            disabled={readOnly || !shown.length}
            onClick={() => setBulk(true)}
          >
            {chosen.length
              ? t('review:bulk.openTicked', { count: chosen.length })
              : t('review:bulk.open', { count: shown.length })}
          </Button>
        </Group>
      </Group>
      <div className={classes.split}>
        <ItemList
          label={t('review:tab.conflicts')}
          items={shown}
          keyOf={(conflict) => conflict.key}
          current={index}
          onCurrent={move}
          isTicked={(conflict) => ticked.has(conflict.key)}
          render={(conflict) => (
            <Row
              conflict={conflict}
              ticked={ticked.has(conflict.key)}
              onTick={() => tick(conflict)}
            />
          )}
        />
        {current ? (
          <ConflictDetail
            key={current.key}
            conflict={current}
            typing={typing}
            onTyping={setTyping}
            onDecide={decide}
          />
        ) : (
          <Empty title={t('review:none.filtered')} text={t('review:none.filteredText')} />
        )}
      </div>
      <KeyHints
        hints={[
          ['J K', t('review:keys.move')],
          ['1 … 9', t('review:keys.take')],
          ['B', t('review:keys.both')],
          ['E', t('review:keys.write')],
          ['X', t('review:keys.tick')],
          ['O', t('review:keys.open')],
        ]}
      />
      <BulkDialog
        opened={bulk}
        conflicts={chosen.length ? chosen : shown}
        onClose={() => setBulk(false)}
        onDone={() => setTicked(new Set())}
      />
    </>
  );
}

function placeOf(shown: readonly Conflict[], test: (conflict: Conflict) => boolean) {
  const index = Math.max(0, shown.findIndex(test));
  return { index, key: shown[index]?.key };
}

interface RowProps {
  readonly conflict: Conflict;
  readonly ticked: boolean;
  onTick(): void;
}

function Row({ conflict, ticked, onTick }: RowProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const format = useFormat();
  const { projection } = useVault();
  const record = projection.get(conflict.id);
  const kind = kindOf(conflict.kind);
  const values = conflict.choices.map(({ value }) =>
    kind ? formatValue(format, kind, conflict.field, value) || t('review:empty') : '',
  );
  const Tick = ticked ? IconSquareCheckFilled : IconSquare;
  return (
    <>
      {/* Not a control of its own: the option carries whether it is ticked, X and a click change it. */}
      <span
        className={classes.tick}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onTick();
        }}
      >
        <Tick size={16} />
      </span>
      <span className={classes.itemText}>
        <span className={classes.itemTitle}>
          <KindIcon kind={conflict.kind} size={14} />
          <span>{record ? recordName(projection, labels, record) : conflict.id}</span>
        </span>
        <span className={classes.itemSub}>
          {conflict.field === DELETED ? (
            t('review:deletion')
          ) : (
            <>
              <b>{labels.field(conflict.kind, conflict.field)}</b> {values.join(' ↔ ')}
            </>
          )}
        </span>
      </span>
    </>
  );
}
