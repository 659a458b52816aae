/** One of the values in conflict, with who wrote it; or one of the ways out of a deletion. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { DELETED, dotOf, type Value } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import { mergedInto, type RecordState } from '../../../shared/log/record';
import type { Base } from '../../../shared/review/base';
import { stampsOf, type Choice, type Conflict } from '../../../shared/review/conflict';
import { settle } from '../../../shared/review/decide';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../FieldValue';
import { formatValue } from '../formatValue';
import { useLabels } from '../labels';
import { RecordLink } from '../RecordLink';
import { Tone } from '../Tone';
import { useFormat } from '../useFormat';
import { TextDiff } from './TextDiff';
import { useDevices } from './useDevices';
import type { RecordChanges } from './useRecordChanges';
import { WhoLine } from './WhoLine';
import classes from './conflict.module.css';

interface ChoiceCardProps {
  readonly kind: KindDef;
  readonly record: RecordState;
  readonly conflict: Conflict;
  readonly changes: RecordChanges | undefined;
  onDecide(edits: readonly Edit[]): void;
  readonly choice: Choice;
  readonly base: Base | undefined;
  readonly shown: boolean;
  readonly number: number | undefined;
}

export function ChoiceCard(props: ChoiceCardProps) {
  const { kind, conflict, choice, changes, onDecide, number, shown } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const readOnly = !useVault().isWriter();
  const deleting = conflict.field === DELETED;
  const deletes = deleting && choice.value === true;
  const name = deleting
    ? t(deletes ? 'review:deleted' : 'review:kept')
    : formatValue(format, kind, conflict.field, choice.value) || t('review:empty');
  const verb = deleting
    ? t(deletes ? 'record:deleteRecord' : 'record:keepRecord')
    : t('record:keepThis');
  return (
    <div className={classes.choice} role="group" aria-label={name}>
      <div className={classes.choiceHead}>
        {number !== undefined && <span className={classes.key}>{number}</span>}
        <Sides conflict={conflict} choice={choice} />
        {shown && !deleting && <Tone tone="neutral">{t('record:shownMeanwhile')}</Tone>}
      </div>
      <div className={classes.value}>
        {deleting ? <Deletion {...props} deletes={deletes} /> : <ChoiceValue {...props} />}
      </div>
      <div className={classes.who}>
        {choice.stamps.map((stamp) => (
          <WhoLine
            key={dotOf(stamp)}
            stamp={stamp}
            change={changes?.byDot.get(dotOf(stamp))}
            reading={!changes}
          />
        ))}
      </div>
      <div>
        <Button
          size="compact-sm"
          variant="default"
          {...(deletes ? { color: 'red', variant: 'light' } : {})}
          disabled={readOnly}
          onClick={() => onDecide([settle(conflict, choice.value)])}
        >
          {verb}
        </Button>
      </div>
    </div>
  );
}

/** Between two other devices nothing is ours, and who wrote what stands below. */
function Sides({ conflict, choice }: { readonly conflict: Conflict; readonly choice: Choice }) {
  const { t } = useTranslation();
  const devices = useDevices();
  if (!stampsOf(conflict).some(({ r }) => devices.isOwn(r))) return null;
  const ours = choice.stamps.some(({ r }) => devices.isOwn(r));
  const theirs = choice.stamps.some(({ r }) => !devices.isOwn(r));
  return (
    <>
      {ours && <Tone tone="info">{t('review:ours')}</Tone>}
      {theirs && <Tone tone="neutral">{t('review:theirs')}</Tone>}
    </>
  );
}

/** Below this length a text is read faster as it is than with marks. */
const WORTH_MARKING = 24;

function ChoiceValue({ kind, conflict, choice, base }: ChoiceCardProps) {
  const { value } = choice;
  const type = kind.fields[conflict.field]?.type;
  const before = base?.known && base.values.length === 1 ? base.values[0] : undefined;
  const isText = type === 'longText' || type === 'text';
  if (isText && typeof value === 'string' && typeof before === 'string') {
    if (Math.max(value.length, before.length) >= WORTH_MARKING) {
      return <TextDiff before={before} after={value} />;
    }
  }
  return <FieldValue kind={kind} name={conflict.field} value={value} />;
}

/** What somebody did to the record that another one deleted. */
function Deletion({ kind, record, conflict, deletes }: ChoiceCardProps & { deletes: boolean }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const into = mergedInto(record);
  if (deletes) {
    return (
      <>
        {t('review:deletedHere')}
        {into !== undefined && (
          <div>
            {t('review:mergedInto')} <RecordLink id={into} />
          </div>
        )}
      </>
    );
  }
  const late = conflict.late.filter(({ field }) => kind.fields[field]);
  return (
    <>
      {t(late.length ? 'review:editedMeanwhile' : 'review:restoredMeanwhile')}
      <dl className={classes.late}>
        {late.map(({ field, head }) => (
          <LateEdit
            key={`${field} ${dotOf(head.stamp)}`}
            label={labels.field(kind.name, field)}
            kind={kind}
            field={field}
            value={head.value}
          />
        ))}
      </dl>
    </>
  );
}

interface LateEditProps {
  readonly label: string;
  readonly kind: KindDef;
  readonly field: string;
  readonly value: Value;
}

const LateEdit = ({ label, kind, field, value }: LateEditProps) => (
  <>
    <dt>{label}</dt>
    <dd>
      <FieldValue kind={kind} name={field} value={value} />
    </dd>
  </>
);
