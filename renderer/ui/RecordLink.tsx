/** The name of another record, with the picture of its kind, leading to it. */
import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '../app/hashLocation';
import { paths } from '../app/paths';
import { useVault } from '../app/vaultContext';
import { KindIcon } from './KindIcon';
import { titleOf } from './recordTitle';
import classes from './ui.module.css';

interface RecordLinkProps {
  readonly id: string;
  /** False where space is short or the kind is plain from the place. */
  readonly icon?: boolean;
}

export function RecordLink({ id, icon = true }: RecordLinkProps) {
  const { projection } = useVault();
  const { t } = useTranslation();
  const record = projection.get(id);
  if (!record) return <span className={classes.missing}>{t('record:notHere', { id })}</span>;
  const gone = !projection.visible(id);
  return (
    <Anchor
      href={href(paths.record(id))}
      className={classes.recordLink ?? ''}
      data-gone={gone || undefined}
      inherit
      onClick={(event) => event.stopPropagation()}
    >
      {icon && <KindIcon kind={record.kind} className={classes.linkIcon} />}
      <span>{titleOf(record)}</span>
      {gone && <span className={classes.missing}> {t('record:deletedMark')}</span>}
    </Anchor>
  );
}
