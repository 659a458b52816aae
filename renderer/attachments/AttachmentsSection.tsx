/** The files of one record: seen, added by button, drop, paste or camera, opened, saved, deleted. */
import { useRef, useState, type DragEvent } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { IconCamera, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { attachmentsOf, readAttachment } from '../../shared/attachments/attachment';
import { canShow } from '../../shared/attachments/fileTypes';
import { attachment } from '../../shared/kinds/attachment';
import type { RecordState } from '../../shared/log/record';
import { useVault } from '../app/vaultContext';
import panels from '../ui/ui.module.css';
import { AddDialog } from './AddDialog';
import { AttachmentCard } from './AttachmentCard';
import { CameraInput, hasCamera } from './CameraInput';
import { EditDialog } from './EditDialog';
import { fromFiles } from './pickedFiles';
import { usePickedFiles } from './usePickedFiles';
import { Viewer } from './Viewer';
import classes from './attachments.module.css';

/** A file of exchange dropped here is meant for the window, which imports it. */
const isExchangeFile = (file: File) => /\.holdfast$/i.test(file.name);

const draggingFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

export function AttachmentsSection({ record }: { readonly record: RecordState }) {
  const { t } = useTranslation();
  const vault = useVault();
  const camera = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [viewing, setViewing] = useState<string>();
  const [editing, setEditing] = useState<string>();
  // An attachment's own page shows just itself.
  const isAttachment = record.kind === attachment.name;
  const own = isAttachment ? readAttachment(record) : undefined;
  const files = own ? [own] : attachmentsOf(vault.projection, record.id);
  const mayAdd =
    !isAttachment && vault.isWriter() && vault.projection.visible(record.id) !== undefined;

  const { picked, add, choose, clear } = usePickedFiles(mayAdd);

  // What is dropped on a dialogue of this section reaches the section too.
  const mayDrop = mayAdd && !picked && !viewing && !editing;
  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!mayDrop || !draggingFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      const dropped = [...event.dataTransfer.files];
      if (!mayDrop || dropped.length === 0 || dropped.some(isExchangeFile)) return;
      event.preventDefault();
      event.stopPropagation();
      add(fromFiles(dropped));
    },
  };

  if (isAttachment && !own) return null;
  const title = t(isAttachment ? 'attachments:itself' : 'attachments:title', {
    count: files.length,
  });
  return (
    <section
      className={`${panels.panel} ${classes.section}`}
      aria-label={t('attachments:label')}
      data-over={over || undefined}
      data-empty={files.length === 0 || undefined}
      {...drop}
    >
      <Group justify="space-between" mb={8}>
        <Text component="h3" className={panels.panelTitle ?? ''}>
          {title}
        </Text>
        {!isAttachment && (
          <Group gap={6} className={classes.noPrint ?? ''}>
            {hasCamera() && (
              <>
                <Button
                  size="compact-xs"
                  variant="light"
                  leftSection={<IconCamera size={13} />}
                  disabled={!mayAdd}
                  onClick={() => camera.current?.click()}
                >
                  {t('attachments:camera')}
                </Button>
                <CameraInput ref={camera} onFiles={(photos) => add(fromFiles(photos))} />
              </>
            )}
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconPlus size={13} />}
              disabled={!mayAdd}
              onClick={() => void choose()}
            >
              {t('attachments:add')}
            </Button>
          </Group>
        )}
      </Group>
      {files.length === 0 ? (
        <p className={classes.empty}>{t('attachments:empty')}</p>
      ) : (
        <ul className={classes.list}>
          {files.map((file) => (
            <AttachmentCard
              key={file.id}
              file={file}
              isOwnPage={isAttachment}
              onView={() => setViewing(file.id)}
              onEdit={() => setEditing(file.id)}
            />
          ))}
        </ul>
      )}
      <AddDialog of={record.id} files={picked} onClose={clear} />
      <EditDialog
        file={files.find(({ id }) => id === editing)}
        onClose={() => setEditing(undefined)}
      />
      <Viewer
        files={files.filter(({ type }) => canShow(type))}
        shown={viewing}
        onShow={setViewing}
        onClose={() => setViewing(undefined)}
      />
    </section>
  );
}
