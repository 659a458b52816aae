/** The small buttons of a part: move, edit, delete. */
import { ActionIcon, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconEdit, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { KindDef } from '../../../shared/kinds/define';
import type { RecordState } from '../../../shared/log/record';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { titleOf } from '../recordTitle';
import { moveEdits } from './partOrder';
import own from './record.module.css';

interface PartToolsProps {
  readonly kind: KindDef;
  /** All parts in their order; one that cannot be moved stands alone. */
  readonly parts: readonly RecordState[];
  readonly part: RecordState;
  onEdit(): void;
}

export function PartTools({ kind, parts, part, onEdit }: PartToolsProps) {
  const { t } = useTranslation();
  const commit = useCommit();
  const { isWriter } = useVault();
  const at = parts.indexOf(part);
  const name = titleOf(part);
  if (!isWriter()) return null;
  return (
    <Group gap={0} wrap="nowrap" justify="end" className={own.tools ?? ''}>
      {parts.length > 1 &&
        kind.order &&
        ([-1, 1] as const).map((by) => (
          <ActionIcon
            key={by}
            size={24}
            variant="subtle"
            color="gray"
            disabled={!parts[at + by]}
            aria-label={t(by < 0 ? 'record:partUp' : 'record:partDown', { name })}
            onClick={() => void commit(moveEdits(kind, parts, at, by))}
          >
            {by < 0 ? <IconArrowUp size={14} /> : <IconArrowDown size={14} />}
          </ActionIcon>
        ))}
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={t('record:editPart', { name })}
        onClick={onEdit}
      >
        <IconEdit size={14} />
      </ActionIcon>
      <ActionIcon
        size={24}
        variant="subtle"
        color="gray"
        aria-label={t('record:deletePart', { name })}
        onClick={() =>
          void commit([{ do: 'delete', id: part.id }], undefined, t('record:wasDeleted'))
        }
      >
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}
