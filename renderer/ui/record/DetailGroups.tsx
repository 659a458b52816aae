/** The record's fields in the groups of its kind; empty ones only on demand. */
import { Fragment, useState } from 'react';
import { Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { isEmpty } from '../../../shared/kinds/validate';
import type { RecordState } from '../../../shared/log/record';
import { FieldValue } from '../FieldValue';
import { useLabels } from '../labels';
import own from './record.module.css';
import classes from '../ui.module.css';

interface DetailGroupsProps {
  readonly kind: KindDef;
  readonly record: RecordState;
}

export function DetailGroups({ kind, record }: DetailGroupsProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [withEmpty, setWithEmpty] = useState(false);
  const skip = (name: string) => name === kind.title || name === kind.parent;
  // Fields the program keeps belong to nobody's group but are worth reading.
  const kept = Object.keys(kind.fields).filter((name) => {
    const field = kind.fields[name];
    return field?.computed && field.type !== 'json' && name !== 'number';
  });
  const all = [
    ...Object.entries(kind.groups).map(([group, names]) => ({
      title: labels.group(kind.name, group),
      names: names.filter((name) => !skip(name)),
    })),
    { title: t('record:kept'), names: kept },
  ];
  const shown = all
    .map(({ title, names }) => ({
      title,
      names: names.filter((name) => withEmpty || !isEmpty(record.values[name])),
    }))
    .filter(({ names }) => names.length > 0);
  const hidden = all.flatMap(({ names }) => names).length - shown.flatMap((g) => g.names).length;

  return (
    <Stack gap="sm">
      {shown.map(({ title, names }) => (
        <section key={title} className={classes.panel} aria-label={title}>
          <Text component="h3" className={classes.panelTitle ?? ''} mb={8}>
            {title}
          </Text>
          <dl className={own.fields}>
            {names.map((name) => (
              <Fragment key={name}>
                <dt>{labels.field(kind.name, name)}</dt>
                <dd>
                  <FieldValue kind={kind} name={name} value={record.values[name]} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
      {(hidden > 0 || withEmpty) && (
        <Switch
          size="xs"
          className={own.noPrint ?? ''}
          label={t('record:showEmpty', { count: hidden })}
          checked={withEmpty}
          onChange={(event) => setWithEmpty(event.currentTarget.checked)}
        />
      )}
    </Stack>
  );
}
