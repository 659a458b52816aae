/** Records that may be one thing entered twice, side by side: merge them, or say that they differ. */
import { useState } from 'react';
import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import type { Edit } from '../../../shared/log/changeset';
import { DISTINCT } from '../../../shared/review/apart';
import type { DuplicateGroup } from '../../../shared/review/duplicates';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { KindIcon } from '../../ui/KindIcon';
import { useLabels } from '../../ui/labels';
import { titleIn } from '../../ui/recordTitle';
import { Empty } from './Empty';
import { ItemList } from './ItemList';
import { KeyHints } from './KeyHints';
import { KeptApart } from './KeptApart';
import { LateArrivals } from './LateArrivals';
import { MergePanel } from './MergePanel';
import classes from './review.module.css';
import type { Duplicates } from './useDuplicates';
import { useReviewKeys } from './useReviewKeys';

export function DuplicatesTab({ found }: { readonly found: Duplicates }) {
  const { t } = useTranslation();
  const vault = useVault();
  const commit = useCommit();
  const { groups } = found;
  const [at, setAt] = useState(0);
  const index = Math.min(at, groups.length - 1);
  const current = groups[index];
  const move = (to: number) => setAt(Math.min(Math.max(0, to), groups.length - 1));

  const apart = (group: DuplicateGroup) => {
    const edit: Edit = {
      do: 'create',
      kind: DISTINCT,
      id: vault.newId(),
      fields: { by: vault.device()?.person ?? '', records: [...group.ids] },
    };
    const label = titleIn(vault.projection, group.ids[0] ?? '');
    void commit([edit], { op: 'apart', label }, t('review:apart.done'));
  };

  useReviewKeys((key) => {
    if (key === 'j' || key === 'arrowdown') return () => move(index + 1);
    if (key === 'k' || key === 'arrowup') return () => move(index - 1);
    if (key === 'n' && current && vault.isWriter()) return () => apart(current);
    return undefined;
  });

  if (!current) {
    return (
      <>
        <LateArrivals />
        {found.looking ? (
          <div className={classes.empty} role="status">
            <Loader size="sm" aria-hidden />
            <Text size="sm">{t('review:looking')}</Text>
          </div>
        ) : (
          <Empty title={t('review:none.duplicates')} text={t('review:none.duplicatesText')} />
        )}
        <KeptApart />
      </>
    );
  }
  return (
    <>
      <LateArrivals />
      <div className={classes.split}>
        <ItemList
          label={t('review:tab.duplicates')}
          items={groups}
          keyOf={(group) => group.key}
          current={index}
          onCurrent={move}
          render={(group) => <Row group={group} />}
        />
        <MergePanel key={current.key} group={current} onApart={() => apart(current)} />
      </div>
      <KeyHints
        hints={[
          ['J K', t('review:keys.move')],
          ['1 … 9', t('review:keys.survivor')],
          ['M', t('review:keys.merge')],
          ['N', t('review:keys.apart')],
        ]}
      />
      <KeptApart />
    </>
  );
}

function Row({ group }: { readonly group: DuplicateGroup }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const fields = group.fields.map((field) => labels.field(group.kind, field));
  return (
    <span className={classes.itemText}>
      <span className={classes.itemTitle}>
        <KindIcon kind={group.kind} size={14} />
        <span>{titleIn(projection, group.ids[0] ?? '')}</span>
      </span>
      <span className={classes.itemSub}>
        {kindOf(group.kind) ? labels.kind(group.kind) : group.kind} ·{' '}
        {t('review:sameKey', { count: group.ids.length, fields: fields.join(', ') })}
      </span>
    </span>
  );
}
