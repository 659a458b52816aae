/** After an import: names that several records share, with a way to each of them. */
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Duplicate } from '../../../shared/tabular/plan';
import { asText } from '../../../shared/projection/projection';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import classes from './Importer.module.css';

const GROUPS_SHOWN = 50;
const RECORDS_SHOWN = 12;

export function DuplicateList({ duplicates }: { readonly duplicates: readonly Duplicate[] }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const groups = duplicates
    .map(({ kind, text, ids }) => ({
      kind,
      text,
      records: ids.map((id) => projection.visible(id)).filter((record) => record !== undefined),
    }))
    .filter(({ records }) => records.length > 1);
  if (!groups.length) return null;
  return (
    <Stack
      component="section"
      gap={8}
      className={classes.panel}
      aria-label={t('import:result.duplicates')}
    >
      <Title order={3} size="h5">
        {t('import:result.duplicates')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('import:result.duplicatesHint')}
      </Text>
      <ul className={classes.plainList}>
        {groups.slice(0, GROUPS_SHOWN).map(({ kind, text, records }) => (
          <li key={`${kind} ${text}`} className={classes.duplicate}>
            <Text size="sm">
              <b>{text}</b> · {labels.kind(kind)}
            </Text>
            <Group gap="sm">
              {records.slice(0, RECORDS_SHOWN).map((record) => (
                <Anchor key={record.id} size="sm" href={href(paths.record(record.id))}>
                  {asText(record.values.number) || record.id}
                </Anchor>
              ))}
              {records.length > RECORDS_SHOWN && (
                <Text size="sm" c="dimmed">
                  {t('import:preview.more', { count: records.length - RECORDS_SHOWN })}
                </Text>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {groups.length > GROUPS_SHOWN && (
        <Text size="sm" c="dimmed">
          {t('import:preview.more', { count: groups.length - GROUPS_SHOWN })}
        </Text>
      )}
    </Stack>
  );
}
