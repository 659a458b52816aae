/** Relations that were made elsewhere to a record which had been merged meanwhile. */
import { useMemo } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import { lateArrivals } from '../../../shared/review/merge';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import classes from './review.module.css';
import { repeatable } from './useDuplicates';

export function LateArrivals() {
  const { t } = useTranslation();
  const { projection, isWriter } = useVault();
  const commit = useCommit();
  const version = projection.version();
  const late = useMemo(
    () => lateArrivals(projection, kindOf, repeatable),
    // The projection is one object that changes; its version says when.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
    [projection, version],
  );
  if (!late.count) return null;
  return (
    <Group className={classes.card ?? ''} justify="space-between" role="status">
      <Text size="sm">{t('review:late.text', { count: late.count })}</Text>
      <Button
        size="compact-sm"
        variant="light"
        disabled={!isWriter()}
        onClick={() => void commit(late.edits, { op: 'merge' }, t('review:late.done'))}
      >
        {t('review:late.move')}
      </Button>
    </Group>
  );
}
