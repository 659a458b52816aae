/** One field in conflict: what it was, every value with who, when, where and why, and the ways out. */
import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import { DELETED, dotOf } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import { mergedInto, type RecordState } from '../../../shared/log/record';
import { baseOf, type Base } from '../../../shared/review/base';
import { stampsOf, type Conflict } from '../../../shared/review/conflict';
import { bothOf, carryOver, settle } from '../../../shared/review/decide';
import { withOrigins } from '../../../shared/review/origin';
import { useVault } from '../../app/vaultContext';
import { FieldValue } from '../FieldValue';
import { useLabels } from '../labels';
import { ChoiceCard } from './ChoiceCard';
import { NewValue } from './NewValue';
import type { RecordChanges } from './useRecordChanges';
import classes from './conflict.module.css';

export interface FieldConflictProps {
  readonly kind: KindDef;
  readonly record: RecordState;
  readonly conflict: Conflict;
  /** Undefined until the log has been read. */
  readonly changes: RecordChanges | undefined;
  onDecide(edits: readonly Edit[]): void;
  /** The new value is being typed; kept outside, so that a key can open it. */
  readonly typing: boolean;
  onTyping(typing: boolean): void;
  /** Shows which keys decide. */
  readonly keys?: boolean;
}

export function FieldConflict(props: FieldConflictProps) {
  const { kind, record, changes, onDecide, typing, onTyping, keys = false } = props;
  const conflict = withOrigins(props.conflict, changes?.all ?? []);
  const { t } = useTranslation();
  const labels = useLabels();
  const readOnly = !useVault().isWriter();
  const { field } = conflict;
  const definition = kind.fields[field];
  const base = changes && baseOf(changes.all, field, stampsOf(conflict));
  const both = bothOf(definition, conflict.choices);
  const into = mergedInto(record);
  const name = field === DELETED ? t('review:deletion') : labels.field(kind.name, field);
  return (
    <div role="group" aria-label={name}>
      {field !== DELETED && <BaseLine kind={kind} field={field} base={base} />}
      <div className={classes.choices}>
        {conflict.choices.map((choice, i) => (
          <ChoiceCard
            key={dotOf(choice.stamps[0] ?? { r: '', s: i })}
            kind={kind}
            record={record}
            conflict={conflict}
            changes={changes}
            onDecide={onDecide}
            choice={choice}
            base={base}
            shown={i === 0}
            number={keys ? i + 1 : undefined}
          />
        ))}
      </div>
      <div className={classes.actions}>
        {field === DELETED && into !== undefined && (
          <Button
            size="compact-sm"
            variant="light"
            disabled={readOnly}
            onClick={() => onDecide(carryOver(conflict, into, kind))}
          >
            {t('review:carryOver')}
          </Button>
        )}
        {both !== undefined && (
          <Button
            size="compact-sm"
            variant="light"
            disabled={readOnly}
            leftSection={keys && <span className={classes.key}>B</span>}
            onClick={() => onDecide([settle(conflict, both)])}
          >
            {t('review:takeBoth')}
          </Button>
        )}
        {definition && definition.type !== 'json' && !definition.computed && !typing && (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={readOnly}
            leftSection={keys && <span className={classes.key}>E</span>}
            onClick={() => onTyping(true)}
          >
            {t('review:writeNew')}
          </Button>
        )}
      </div>
      {typing && !readOnly && (
        <NewValue
          kind={kind}
          name={field}
          start={both ?? conflict.choices[0]?.value ?? null}
          onSave={(value) => onDecide([settle(conflict, value)])}
          onCancel={() => onTyping(false)}
        />
      )}
    </div>
  );
}

interface BaseLineProps {
  readonly kind: KindDef;
  readonly field: string;
  readonly base: Base | undefined;
}

function BaseLine({ kind, field, base }: BaseLineProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.base}>
      <span>{t('review:base')}</span>
      {/* A long text scrolls, by keyboard too. */}
      <div className={classes.text} role="group" aria-label={t('review:base')} tabIndex={0}>
        {!base && <Loader size={12} />}
        {base && !base.known && t('review:baseUnknown')}
        {base?.known && !base.values.length && t('review:empty')}
        {base?.known &&
          base.values.map((value) => (
            <FieldValue key={JSON.stringify(value)} kind={kind} name={field} value={value} />
          ))}
      </div>
    </div>
  );
}
