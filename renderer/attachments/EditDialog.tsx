/** Name and caption of an attachment. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useForm } from 'react-hook-form';
import type { Attachment } from '../../shared/attachments/attachment';
import { cleanName } from '../../shared/attachments/fileNames';
import { useCommit } from '../app/useCommit';

interface EditDialogProps {
  readonly file: Attachment | undefined;
  onClose(): void;
}

export function EditDialog({ file, onClose }: EditDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={file !== undefined}
      onClose={onClose}
      title={t('attachments:editTitle')}
      closeButtonProps={{ 'aria-label': t('attachments:close') }}
    >
      {file && <EditForm key={file.id} file={file} onClose={onClose} />}
    </Modal>
  );
}

function EditForm({ file, onClose }: { readonly file: Attachment; onClose(): void }) {
  const { t } = useTranslation();
  const commit = useCommit();
  const { register, handleSubmit } = useForm({
    defaultValues: { name: file.name, caption: file.caption },
  });
  const submit = handleSubmit(async ({ name, caption }) => {
    const text = caption.trim();
    const fields = { name: cleanName(name, file.name), caption: text || null };
    if (await commit([{ do: 'set', id: file.id, fields }], undefined, t('attachments:changed'))) {
      onClose();
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput size="sm" label={t('attachments:name')} maxLength={200} {...register('name')} />
        <Textarea
          size="sm"
          label={t('attachments:caption')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          data-autofocus
          {...register('caption')}
        />
        <Group justify="flex-end">
          <Button size="sm" variant="default" onClick={onClose}>
            {t('attachments:cancel')}
          </Button>
          <Button size="sm" type="submit">
            {t('attachments:saveChanges')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
