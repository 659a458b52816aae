/** What somebody found to be different things, so that it can be looked at again. */
import { useState } from 'react';
import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { asText } from '../../../shared/projection/projection';
import { DISTINCT, idsIn } from '../../../shared/review/apart';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { RecordLink } from '../../ui/RecordLink';
import classes from './review.module.css';

const STEP = 30;

export function KeptApart() {
  const { t } = useTranslation();
  const { projection, isWriter } = useVault();
  const commit = useCommit();
  const [most, setMost] = useState(0);
  const said = projection.records(DISTINCT);
  if (!said.length) return null;
  const shown = said.slice(-Math.max(1, most)).toReversed();
  return (
    <div>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-expanded={most > 0}
        onClick={() => setMost(most ? 0 : STEP)}
      >
        {t('review:apart.list', { count: said.length })}
      </Button>
      {most > 0 && (
        <ul className={classes.apart}>
          {shown.map((one) => (
            <li key={one.id}>
              <Group gap="sm">
                {idsIn(one.values.records).map((id) => (
                  <RecordLink key={id} id={id} />
                ))}
                <span className={classes.itemSub}>{asText(one.values.by)}</span>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={!isWriter()}
                  onClick={() =>
                    void commit([{ do: 'delete', id: one.id }], undefined, t('review:apart.again'))
                  }
                >
                  {t('review:apart.suggestAgain')}
                </Button>
              </Group>
            </li>
          ))}
        </ul>
      )}
      {most > 0 && said.length > most && (
        <Button size="compact-xs" variant="subtle" onClick={() => setMost(most + STEP)}>
          {t('review:more', { count: said.length - most })}
        </Button>
      )}
    </div>
  );
}
