import { useState } from 'react';
import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ReasonDialogProps {
  readonly title: string;
  readonly label: string;
  readonly confirm: string;
  onClose(): void;
  onConfirm(text: string): Promise<void>;
}

/** Asks for the reason that the log must carry; Enter sends. */
export function ReasonDialog({ title, label, confirm, onClose, onConfirm }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim()) void onConfirm(text.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <Textarea
        data-autofocus
        autosize
        minRows={2}
        label={label}
        value={text}
        required
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button disabled={!text.trim()} onClick={send}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
