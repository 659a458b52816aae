/** What a record in conflict is called; a relation by its two ends. */
import { LINK } from '../../../shared/log/change';
import type { RecordState } from '../../../shared/log/record';
import { asText, type Projection } from '../../../shared/projection/projection';
import { endOf } from '../../../shared/projection/references';
import type { Labels } from '../../ui/labels';
import { titleIn, titleOf } from '../../ui/recordTitle';

export function recordName(projection: Projection, labels: Labels, record: RecordState): string {
  if (record.kind !== LINK) return titleOf(record);
  const from = endOf(record, 'from');
  const relation = labels.relation(projection.get(from)?.kind ?? '', asText(record.values.rel));
  return `${titleIn(projection, from)} · ${relation} · ${titleIn(projection, endOf(record, 'to'))}`;
}
