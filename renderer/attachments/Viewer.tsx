/** Pictures of a record at full size, one after the other, by keyboard too. */
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ActionIcon, Button, Group, Loader, Modal, Text } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconDeviceFloppy,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../../shared/attachments/attachment';
import { useVault } from '../app/vaultContext';
import { sizeText } from '../places/exchange/deviceNames';
import { localMinute } from '../ui/times';
import { useSaveAttachment } from './useSaveAttachment';
import classes from './attachments.module.css';

interface ViewerProps {
  readonly files: readonly Attachment[];
  /** Id of the one shown; undefined when closed. */
  readonly shown: string | undefined;
  onShow(id: string): void;
  onClose(): void;
}

export function Viewer({ files, shown, onShow, onClose }: ViewerProps) {
  const { t } = useTranslation();
  const at = files.findIndex(({ id }) => id === shown);
  const file = files[at];
  const go = (by: number) => {
    const next = files[at + by];
    if (next) onShow(next.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // A picture larger than the window is scrolled by the same keys.
    if (event.target instanceof HTMLElement && event.target.dataset.scrolls) return;
    if (event.key === 'ArrowLeft') go(-1);
    else if (event.key === 'ArrowRight') go(1);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened={file !== undefined}
      onClose={onClose}
      fullScreen
      title={file?.name}
      closeButtonProps={{ 'aria-label': t('attachments:close') }}
      onKeyDown={onKeyDown}
    >
      {file && (
        <div className={classes.viewer}>
          <Picture key={file.id} file={file}>
            {files.length > 1 && <Pages at={at} count={files.length} onGo={go} />}
          </Picture>
          <About file={file} />
        </div>
      )}
    </Modal>
  );
}

interface PagesProps {
  readonly at: number;
  readonly count: number;
  onGo(by: number): void;
}

function Pages({ at, count, onGo }: PagesProps) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" mr="md">
      <ActionIcon
        size={30}
        variant="default"
        disabled={at <= 0}
        aria-label={t('attachments:previous')}
        onClick={() => onGo(-1)}
      >
        <IconArrowLeft size={16} />
      </ActionIcon>
      <Text size="sm" role="status">
        {t('attachments:position', { at: at + 1, count })}
      </Text>
      <ActionIcon
        size={30}
        variant="default"
        disabled={at >= count - 1}
        aria-label={t('attachments:next')}
        onClick={() => onGo(1)}
      >
        <IconArrowRight size={16} />
      </ActionIcon>
    </Group>
  );
}

function About({ file }: { readonly file: Attachment }) {
  const { i18n } = useTranslation();
  const facts = [
    sizeText(file.size, i18n.language),
    ...(file.takenAt === undefined ? [] : [localMinute(file.takenAt)]),
  ];
  return (
    <div>
      {file.caption && (
        <Text size="sm" className={classes.viewerCaption ?? ''}>
          {file.caption}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {facts.join(' · ')}
      </Text>
    </div>
  );
}

interface PictureProps {
  readonly file: Attachment;
  /** Beside its own buttons. */
  readonly children: ReactNode;
}

function Picture({ file, children }: PictureProps) {
  const { t } = useTranslation();
  const { blobs } = useVault();
  const save = useSaveAttachment();
  const [url, setUrl] = useState<string>();
  const [failed, setFailed] = useState<'damaged' | 'unknown'>();
  const [fit, setFit] = useState(true);

  useEffect(() => {
    let wanted = true;
    let made: string | undefined;
    const read = async () => {
      const blob = await blobs.get(file.sha256);
      if (!wanted) return;
      if (blob) setUrl((made = URL.createObjectURL(new Blob([blob], { type: file.type }))));
      else setFailed('damaged');
    };
    void read();
    return () => {
      wanted = false;
      if (made) URL.revokeObjectURL(made);
    };
  }, [blobs, file.sha256, file.type]);

  return (
    <>
      {/* Scrolls by keyboard when the picture is larger than the window. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div
        className={classes.stage}
        data-fit={fit || undefined}
        data-scrolls={!fit || undefined}
        tabIndex={fit ? -1 : 0}
      >
        {failed ? (
          <Text size="sm" c="dimmed">
            {t(failed === 'damaged' ? 'attachments:state.damaged' : 'attachments:noPicture')}
          </Text>
        ) : url ? (
          <img src={url} alt={file.caption || file.name} onError={() => setFailed('unknown')} />
        ) : (
          <Loader size="sm" aria-label={t('attachments:loading')} />
        )}
      </div>
      <Group gap={6}>
        {children}
        <Button
          size="xs"
          variant="default"
          disabled={!url || failed !== undefined}
          leftSection={fit ? <IconZoomIn size={15} /> : <IconZoomOut size={15} />}
          onClick={() => setFit(!fit)}
        >
          {t(fit ? 'attachments:actualSize' : 'attachments:fit')}
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={failed === 'damaged'}
          leftSection={<IconDeviceFloppy size={15} />}
          onClick={() => void save(file)}
        >
          {t('attachments:menu.save')}
        </Button>
      </Group>
    </>
  );
}
