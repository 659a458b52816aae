/** Writing the one file that makes a device a member, and what to do with it. */
import { useRef, useState } from 'react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconFileExport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReplicaId } from '../../../../shared/log/change';
import type { Refusal } from '../../../../shared/result';
import type { Certificate } from '../../../../shared/trust/roster';
import { useHost, useVault } from '../../../app/vaultContext';
import type { ProgressReport } from '../../../exchange/engine';
import { writeAnswer } from '../../../exchange/enrol';
import type { ExchangeEntry } from '../../../store/exchangeStore';
import { sizeText } from '../deviceNames';
import { ProgressView } from '../ProgressView';
import { RefusalNote } from '../RefusalNote';
import { SpokenWords } from './SpokenWords';
import { useOrganisationCode } from './useCode';

interface AnswerStepsProps {
  readonly replica: ReplicaId;
  readonly certificate: Certificate;
  readonly onClose: () => void;
}

type State =
  | { readonly step: 'ready'; readonly refusal?: Refusal; readonly gone?: boolean }
  | { readonly step: 'working'; readonly report?: ProgressReport }
  | { readonly step: 'done'; readonly entry: ExchangeEntry };

export function AnswerSteps({ replica, certificate, onClose }: AnswerStepsProps) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<State>({ step: 'ready' });
  const running = useRef<AbortController>(undefined);
  const code = useOrganisationCode(vault.trust.roster()?.root);
  const { name, holder } = certificate;

  async function write(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working' });
    const done = await writeAnswer(
      vault,
      host,
      { replica, certificate },
      {
        filterName: t('exchange:filter'),
        signal: controller.signal,
        onProgress: (report) => setState({ step: 'working', report }),
      },
    );
    if (!done.ok) setState({ step: 'ready', refusal: done.refusal });
    else if (done.value) setState({ step: 'done', entry: done.value });
    else setState({ step: 'ready', gone: true });
  }

  if (state.step === 'working') {
    return <ProgressView report={state.report} onCancel={() => running.current?.abort()} />;
  }
  return (
    <Stack gap="md">
      {state.step === 'ready' ? (
        <>
          <Alert
            color="green"
            icon={<IconCircleCheck aria-hidden />}
            title={t('devices:answer.enrolled', { name })}
          >
            {t('devices:answer.ready', { holder })}
          </Alert>
          {state.gone && (
            <Alert color="orange" role="alert">
              {t('devices:notSaved')}
            </Alert>
          )}
          <RefusalNote refusal={state.refusal} />
        </>
      ) : (
        <>
          <Alert
            color="green"
            icon={<IconCircleCheck aria-hidden />}
            title={t('devices:answer.done')}
            role="status"
          >
            {t('devices:answer.doneText', {
              file: state.entry.name,
              size: sizeText(state.entry.bytes, i18n.language),
              holder,
            })}
          </Alert>
          <div>
            <Text size="sm" fw={600} mb={6}>
              {t('devices:answer.compare', { holder })}
            </Text>
            <SpokenWords code={code} label={t('devices:organisation.words')} />
          </div>
        </>
      )}
      <Group justify="flex-end">
        <Button
          variant={state.step === 'done' ? 'filled' : 'default'}
          onClick={onClose}
          {...(state.step === 'done' ? { 'data-autofocus': true } : {})}
        >
          {t('ui:close')}
        </Button>
        {state.step === 'ready' && (
          <Button
            leftSection={<IconFileExport size={16} aria-hidden />}
            disabled={!vault.isWriter()}
            onClick={() => void write()}
            data-autofocus
          >
            {t('devices:answer.write')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
