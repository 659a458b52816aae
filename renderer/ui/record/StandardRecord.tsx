/** The detail page of a kind without a page of its own. */
import { Stack } from '@mantine/core';
import type { KindDef } from '../../../shared/kinds/define';
import { partsOf } from '../../../shared/kinds/registry';
import type { RecordState } from '../../../shared/log/record';
import { AttachmentsSection } from '../../attachments/AttachmentsSection';
import { ApprovalPanel } from './ApprovalPanel';
import { ConflictPanel } from './ConflictPanel';
import { DetailGroups } from './DetailGroups';
import { HistoryPanel } from './HistoryPanel';
import { PartsPanel } from './PartsPanel';
import { RecordHeader } from './RecordHeader';
import { RelationsPanel } from './RelationsPanel';
import own from './record.module.css';

export interface RecordPageProps {
  readonly kind: KindDef;
  readonly record: RecordState;
}

export function StandardRecord({ kind, record }: RecordPageProps) {
  return (
    <Stack gap="md">
      <RecordHeader kind={kind} record={record} />
      <ConflictPanel kind={kind} record={record} />
      <ApprovalPanel record={record} />
      <div className={own.columns}>
        <Stack gap="sm">
          <DetailGroups kind={kind} record={record} />
          {partsOf(kind.name).map((part) => (
            <PartsPanel key={part.name} parent={record.id} kind={part} />
          ))}
          <AttachmentsSection record={record} />
        </Stack>
        <Stack gap="sm">
          <RelationsPanel kind={kind} id={record.id} />
          <HistoryPanel kind={kind} id={record.id} />
        </Stack>
      </div>
    </Stack>
  );
}
