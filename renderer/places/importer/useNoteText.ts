/** Reasons and warnings in the person's language. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellNote } from '../../../shared/tabular/plan';
import { refusalText } from '../../app/notices';
import { useLabels } from '../../ui/labels';

/** `kind` gives fields and states their names; relations have none. */
export function useNoteText(kind: string | undefined): (note: CellNote) => string {
  const { t } = useTranslation();
  const labels = useLabels();
  return useCallback(
    (note) => {
      const { field, from, to } = note.params ?? {};
      const named = {
        ...note.params,
        ...(kind && typeof field === 'string' ? { field: labels.field(kind, field) } : {}),
        ...(kind && typeof from === 'string' ? { from: labels.option(kind, 'status', from) } : {}),
        ...(kind && typeof to === 'string' ? { to: labels.option(kind, 'status', to) } : {}),
      };
      const reason = refusalText({ code: note.code, params: named });
      return note.column ? t('import:preview.column', { column: note.column, reason }) : reason;
    },
    [t, labels, kind],
  );
}
