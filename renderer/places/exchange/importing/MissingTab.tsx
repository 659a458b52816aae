/** What a file shows to be missing, and what only a newer release can show. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '../../../../shared/exchange/plan';
import { sentences } from '../../../ui/sentences';
import { useGapText } from '../attention/gapText';
import classes from '../exchange.module.css';

export function MissingTab({ plan }: { readonly plan: ImportPlan }) {
  const { t, i18n } = useTranslation();
  const gapText = useGapText(plan.manifest.from);
  const { missingFiles, gaps } = plan;
  if (!missingFiles && !gaps.length) {
    return (
      <Text size="sm" c="dimmed" py="xs">
        {t('exchange:in.none.missing')}
      </Text>
    );
  }
  const name = plan.manifest.from.name;
  return (
    <>
      <ul className={classes.rows}>
        {gaps.map((gap) => (
          <li key={gap.replica}>{gapText(gap)}</li>
        ))}
        {missingFiles && (
          <li>
            {sentences(
              i18n.language,
              t(
                missingFiles.from === missingFiles.to
                  ? 'exchange:in.missingFile'
                  : 'exchange:in.missingFiles',
                { ...missingFiles, name },
              ),
              !gaps.length && t('exchange:in.missingHarmless'),
            )}
          </li>
        )}
      </ul>
      {gaps.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('exchange:waiting.heal')}
        </Text>
      )}
    </>
  );
}

export function UnreadTab({ plan }: { readonly plan: ImportPlan }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.rows}>
      {Object.entries(plan.dryRun.unknownKinds).map(([kind, count]) => (
        <li key={kind}>{t('exchange:in.unread', { kind, count })}</li>
      ))}
    </ul>
  );
}
