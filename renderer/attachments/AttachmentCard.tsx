/** One attachment: its picture or sign, what it is called and how it stands, what can be done. */
import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconDeviceFloppy,
  IconDots,
  IconEdit,
  IconEye,
  IconHistory,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Attachment } from '../../shared/attachments/attachment';
import { canShow } from '../../shared/attachments/fileTypes';
import { conflictsOf } from '../../shared/log/record';
import { paths } from '../app/paths';
import { useCommit } from '../app/useCommit';
import { useVault } from '../app/vaultContext';
import { sizeText } from '../places/exchange/deviceNames';
import { localMinute } from '../ui/times';
import { Thumbnail } from './Thumbnail';
import { useSaveAttachment } from './useSaveAttachment';
import classes from './attachments.module.css';

interface AttachmentCardProps {
  readonly file: Attachment;
  readonly isOwnPage: boolean;
  onView(): void;
  onEdit(): void;
}

export function AttachmentCard({ file, isOwnPage, onView, onEdit }: AttachmentCardProps) {
  const { t, i18n } = useTranslation();
  const { blobs, projection, isWriter } = useVault();
  const commit = useCommit();
  const save = useSaveAttachment();
  const [, navigate] = useLocation();
  const { name } = file;
  const state = blobs.state(file.sha256);
  const isHere = state === 'here';
  const isShown = isHere && canShow(file.type);
  const record = projection.get(file.id);
  const inConflict = record !== undefined && conflictsOf(record).length > 0;
  const mayChange = isWriter() && projection.visible(file.id) !== undefined;
  const facts = [
    sizeText(file.size, i18n.language),
    ...(file.takenAt === undefined ? [] : [localMinute(file.takenAt)]),
  ];
  return (
    <li className={classes.card} aria-label={name}>
      <UnstyledButton
        className={classes.open ?? ''}
        disabled={!isHere}
        aria-label={t(isShown ? 'attachments:open' : 'attachments:save', { name })}
        onClick={isShown ? onView : () => void save(file)}
      >
        <Thumbnail file={file} />
      </UnstyledButton>
      <div className={classes.about}>
        <div className={classes.text}>
          <div className={classes.name} title={name}>
            {name}
          </div>
          <div className={classes.facts}>{facts.join(' · ')}</div>
          {!isHere && (
            <div className={classes.state} data-state={state}>
              {t(`attachments:state.${state}`)}
            </div>
          )}
          {inConflict && (
            <div className={classes.state} data-state="damaged">
              {t('record:inConflict')}
            </div>
          )}
          {file.caption && <div className={classes.caption}>{file.caption}</div>}
        </div>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              className={classes.noPrint ?? ''}
              aria-label={t('attachments:actions', { name })}
            >
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isShown && (
              <Menu.Item leftSection={<IconEye size={15} />} onClick={onView}>
                {t('attachments:menu.open')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconDeviceFloppy size={15} />}
              disabled={!isHere}
              onClick={() => void save(file)}
            >
              {t('attachments:menu.save')}
            </Menu.Item>
            <Menu.Item leftSection={<IconEdit size={15} />} disabled={!mayChange} onClick={onEdit}>
              {t('attachments:menu.edit')}
            </Menu.Item>
            {!isOwnPage && (
              <Menu.Item
                leftSection={<IconHistory size={15} />}
                onClick={() => navigate(paths.record(file.id))}
              >
                {t('attachments:menu.history')}
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconTrash size={15} />}
              disabled={!mayChange}
              onClick={() =>
                void commit(
                  [{ do: 'delete', id: file.id }],
                  undefined,
                  t('attachments:deleted', { name }),
                )
              }
            >
              {t('attachments:menu.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}
