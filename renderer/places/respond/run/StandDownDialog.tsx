import { useState } from 'react';
import { Alert, Button, Group, Modal, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../../shared/response/run';
import { useList } from '../useList';
import own from './Run.module.css';

interface StandDownDialogProps {
  readonly run: RunState;
  onClose(): void;
  onConfirm(text: string): Promise<void>;
}

/** Ends the run: what is still open is named, so that nobody ends it by mistake. */
export function StandDownDialog({ run, onClose, onConfirm }: StandDownDialogProps) {
  const { t } = useTranslation();
  const list = useList();
  const [text, setText] = useState('');
  const steps = run.steps.filter((state) => !['done', 'skipped'].includes(state.status));
  const services = run.services.filter((state) => state.backAt === undefined);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`respond:mode.${run.mode}.standDown`)}
      size="lg"
      centered
    >
      {services.length > 0 && (
        <Alert color="red" mb="sm" title={t('respond:run.notBack', { count: services.length })}>
          {list(services.map((state) => state.service.name))}
        </Alert>
      )}
      {steps.length > 0 && (
        <Alert color="orange" mb="sm" title={t('respond:run.notDone', { count: steps.length })}>
          <ul className={own.openSteps}>
            {steps.map(({ step, status }) => (
              <li key={step.id}>
                {t('respond:inBrackets', {
                  text: t('respond:stepName', { no: step.no, title: step.title }),
                  more: t(`respond:steps.status.${status}`),
                })}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Textarea
        data-autofocus
        autosize
        minRows={3}
        label={t('respond:run.returnNote')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button
          color={run.mode === 'real' ? 'red' : 'drill'}
          onClick={() => void onConfirm(text.trim())}
        >
          {t('respond:run.standDownConfirm')}
        </Button>
      </Group>
    </Modal>
  );
}
