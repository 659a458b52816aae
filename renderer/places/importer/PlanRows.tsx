/** Every row of the file with what happens to it; only those in sight are on the page. */
import { useRef } from 'react';
import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { Tone as ToneName } from '../../../shared/kinds/define';
import { kindOf } from '../../../shared/kinds/registry';
import { LINK } from '../../../shared/log/change';
import type { FieldChange, Outcome, RowPlan } from '../../../shared/tabular/plan';
import { formatValue } from '../../ui/formatValue';
import { Tone } from '../../ui/Tone';
import { useFormat } from '../../ui/useFormat';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';
import { useNoteText } from './useNoteText';

const tones: Readonly<Record<Outcome, ToneName>> = {
  create: 'good',
  update: 'info',
  unchanged: 'neutral',
  refused: 'bad',
};
const ROW_HEIGHT = 34;

export function PlanRows({ rows }: { readonly rows: readonly RowPlan[] }) {
  const { t } = useTranslation();
  const links = useImporter((state) => state.mapping?.as === 'links');
  const box = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- the compiler is not used here
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  if (!rows.length) return <Text c="dimmed">{t('import:preview.noRows')}</Text>;
  return (
    <div
      ref={box}
      className={classes.rows}
      data-links={links || undefined}
      role="table"
      aria-label={t('import:preview.table')}
      aria-rowcount={rows.length + 1}
      tabIndex={0}
    >
      <div className={classes.rowHead} role="row" aria-rowindex={1}>
        {(['row', 'result', 'name', 'detail'] as const).map((name) => (
          <span key={name} role="columnheader">
            {t(`import:preview.${name}`)}
          </span>
        ))}
      </div>
      <div
        className={classes.space}
        role="rowgroup"
        style={{ height: `${virtual.getTotalSize()}px` }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={classes.row}
                role="row"
                aria-rowindex={item.index + 2}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <PlanRow row={row} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function PlanRow({ row }: { readonly row: RowPlan }) {
  const { t } = useTranslation();
  const mapping = useImporter((state) => state.mapping);
  const kind = mapping?.as === 'records' ? mapping.kind : undefined;
  const noteText = useNoteText(kind);
  return (
    <>
      <span role="cell" className={classes.number}>
        {row.row}
      </span>
      <span role="cell">
        <Tone tone={tones[row.outcome]}>{t(`import:preview.outcome.${row.outcome}`)}</Tone>
      </span>
      <span role="cell" className={classes.title}>
        {row.title}
      </span>
      <span role="cell" className={classes.detail}>
        {row.reasons.map((note) => (
          <span key={`${note.code} ${note.column}`} className={classes.bad}>
            {noteText(note)}
          </span>
        ))}
        {row.changes.map((change) => (
          <ChangeText key={change.field} kind={kind ?? LINK} change={change} />
        ))}
        {row.warnings.map((note) => (
          <span key={`${note.code} ${note.column}`} className={classes.warn}>
            {noteText(note)}
          </span>
        ))}
      </span>
    </>
  );
}

function ChangeText({ kind, change }: { readonly kind: string; readonly change: FieldChange }) {
  const { t } = useTranslation();
  const format = useFormat();
  const alsoCreated = useImporter((state) => state.plan?.alsoCreated);
  const def = kindOf(kind);
  const text = (value: FieldChange['before']) => {
    // Records that this import creates have no name in the registers yet.
    const made = alsoCreated?.find((record) => record.id === value)?.title;
    const known = def ? formatValue(format, def, change.field, value) : '';
    return made ?? (known || t('import:preview.blank'));
  };
  return (
    <span>
      {t('import:preview.change', {
        field: format.labels.field(kind, change.field),
        before: text(change.before),
        after: text(change.after),
      })}
    </span>
  );
}
