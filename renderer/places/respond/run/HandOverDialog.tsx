import { useState } from 'react';
import { Autocomplete, Button, Group, Modal, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../../shared/response/run';

interface HandOverDialogProps {
  readonly run: RunState;
  onClose(): void;
  onConfirm(name: string, text: string): Promise<void>;
}

/** The next coordinator, and what they need to know. */
export function HandOverDialog({ run, onClose, onConfirm }: HandOverDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const people = new Set(
    [
      ...run.calls.nodes.flatMap(({ node }) => [node.person?.name, node.deputy?.name]),
      ...run.steps.flatMap(({ step }) => [step.owner?.name, step.deputy?.name]),
    ].filter((each): each is string => Boolean(each) && each !== run.coordinator),
  );
  return (
    <Modal opened onClose={onClose} title={t('respond:run.handOverTitle')} centered>
      <Autocomplete
        data-autofocus
        required
        label={t('respond:run.newCoordinator')}
        data={[...people]}
        value={name}
        onChange={setName}
      />
      <Textarea
        mt="sm"
        autosize
        minRows={3}
        label={t('respond:run.handOverNote')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button disabled={!name.trim()} onClick={() => void onConfirm(name.trim(), text.trim())}>
          {t('respond:run.handOver')}
        </Button>
      </Group>
    </Modal>
  );
}
