/** What changed since approval, field by field: where, from what to what, and by whom. */
import { useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import { DELETED, dotOf, LINK, parseDot, type Dot } from '../../../shared/log/change';
import { headsOf, type RecordState } from '../../../shared/log/record';
import { asText } from '../../../shared/projection/projection';
import { endOf } from '../../../shared/projection/references';
import { named, type Approval, type ChangeSince } from '../../../shared/review/approval';
import { valueWhen } from '../../../shared/review/base';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../FieldValue';
import { useLabels } from '../labels';
import { RecordLink } from '../RecordLink';
import { titleIn } from '../recordTitle';
import { TextDiff } from './TextDiff';
import { useChanges, type RecordChanges } from './useRecordChanges';
import { WhoLine } from './WhoLine';
import classes from './conflict.module.css';

const FEW = 12;

interface ChangesSinceProps {
  readonly record: RecordState;
  readonly approval: Approval;
  readonly changes: readonly ChangeSince[];
}

export function ChangesSince({ record, approval, changes }: ChangesSinceProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const [all, setAll] = useState(false);
  const shown = all ? changes : changes.slice(0, FEW);
  const dots = useMemo(
    () => [...new Set(shown.map(({ id }) => id))].flatMap((id) => projection.get(id)?.dots ?? []),
    [shown, projection],
  );
  const read = useChanges(dots);
  return (
    <>
      <ul className={classes.since}>
        {shown.map((change) => (
          <Since
            key={`${change.id} ${change.field ?? change.is}`}
            subject={record.id}
            approval={approval}
            change={change}
            read={read}
          />
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('review:approval.more', { count: changes.length - shown.length })}
        </Button>
      )}
    </>
  );
}

interface SinceProps {
  readonly subject: string;
  readonly approval: Approval;
  readonly change: ChangeSince;
  readonly read: RecordChanges | undefined;
}

function Since({ subject, approval, change, read }: SinceProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const record = projection.get(change.id);
  const kind = kindOf(record?.kind ?? '');
  const [newest] = change.stamps;
  if (!record || !kind) return null;
  const field = change.field;
  return (
    <li>
      <div className={classes.sinceHead}>
        {change.id !== subject && kind.name !== LINK && (
          <>
            {labels.kind(kind.name)} <RecordLink id={change.id} icon={false} />
          </>
        )}
        {kind.name === LINK && <LinkName link={record} />}
        {change.is !== 'changed' && <b>{t(`review:approval.is.${change.is}`)}</b>}
        {field !== undefined && (
          <b>{field === DELETED ? t('review:deletion') : labels.field(kind.name, field)}</b>
        )}
      </div>
      {field !== undefined && field !== DELETED && (
        <FromTo record={record} field={field} approval={approval} read={read} />
      )}
      {newest && <WhoLine stamp={newest} change={read?.byDot.get(dotOf(newest))} reading={!read} />}
    </li>
  );
}

interface FromToProps {
  readonly record: RecordState;
  readonly field: string;
  readonly approval: Approval;
  readonly read: RecordChanges | undefined;
}

function FromTo({ record, field, approval, read }: FromToProps) {
  const { t } = useTranslation();
  const kind = kindOf(record.kind);
  if (!kind) return null;
  const heads = headsOf(record, field).map((head) => head.stamp);
  const isNamed = (dot: Dot) => named(approval, { ...parseDot(dot), t: [0, 0] });
  const before = read && valueWhen(read.all, field, heads, isNamed);
  const now = record.values[field];
  const was = before?.known ? (before.values[0] ?? null) : undefined;
  if (typeof was === 'string' && typeof now === 'string' && isText(kind.fields[field]?.type)) {
    return <TextDiff before={was} after={now} />;
  }
  return (
    <div className={classes.fromTo}>
      {was === undefined ? (
        <span>{before ? t('review:baseUnknown') : '…'}</span>
      ) : (
        <del>
          {was === null ? t('review:empty') : <FieldValue kind={kind} name={field} value={was} />}
        </del>
      )}
      <span aria-hidden>→</span>
      <FieldValue kind={kind} name={field} value={now} />
    </div>
  );
}

const isText = (type: string | undefined): boolean => type === 'text' || type === 'longText';

function LinkName({ link }: { readonly link: RecordState }) {
  const labels = useLabels();
  const { projection } = useVault();
  const from = endOf(link, 'from');
  const relation = labels.relation(projection.get(from)?.kind ?? '', asText(link.values.rel));
  return (
    <>
      {titleIn(projection, from)} · {relation} <RecordLink id={endOf(link, 'to')} icon={false} />
    </>
  );
}
