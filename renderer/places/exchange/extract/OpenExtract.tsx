/** Opening an extract somebody gave away: on a new device, or in place of the one before. */
import { useRef, useState } from 'react';
import { Alert, Button, Group, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import type { Refusal } from '../../../../shared/result';
import { asText } from '../../../../shared/projection/projection';
import { useHost, useVault } from '../../../app/vaultContext';
import type { ProgressReport } from '../../../exchange/engine';
import { EXTENSION } from '../../../exchange/exportFile';
import { openExtract, readExtract, type ReadyExtract } from '../../../exchange/extractFile';
import { sortOf } from '../../../exchange/seal';
import { sizeText } from '../deviceNames';
import exchange from '../exchange.module.css';
import { ProgressView } from '../ProgressView';
import { RefusalNote } from '../RefusalNote';
import { useExtractText } from './extractText';
import classes from './extract.module.css';

type State =
  | { readonly step: 'choose'; readonly refusal?: Refusal }
  | { readonly step: 'passphrase'; readonly file: OpenedFile; readonly refusal?: Refusal }
  | { readonly step: 'working'; readonly report?: ProgressReport }
  | { readonly step: 'look'; readonly ready: ReadyExtract; readonly refusal?: Refusal };

interface OpenExtractProps {
  readonly onBack: () => void;
}

export function OpenExtract({ onBack }: OpenExtractProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<State>({ step: 'choose' });
  const running = useRef<AbortController>(undefined);

  async function choose(): Promise<void> {
    const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
    const opened = await host.openFiles({ filters, multiple: false });
    if (!opened.ok) return setState({ step: 'choose', refusal: opened.refusal });
    const [file] = opened.value;
    if (!file) return;
    if (sortOf(file.bytes) === 'passphrase') setState({ step: 'passphrase', file });
    else await read(file, '');
  }
  async function read(file: OpenedFile, passphrase: string): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working' });
    const ready = await readExtract({
      file,
      passphrase,
      signal: controller.signal,
      onProgress: (report) => setState({ step: 'working', report }),
    });
    if (ready.ok) return setState({ step: 'look', ready: ready.value });
    const { refusal } = ready;
    const again = ['exchange.passphrase', 'exchange.cancelled'].includes(refusal.code);
    setState(again ? { step: 'passphrase', file, refusal } : { step: 'choose', refusal });
  }
  async function show(ready: ReadyExtract): Promise<void> {
    setState({ step: 'working', report: { stage: 'save', done: 0, total: 0 } });
    const opened = await openExtract(vault, ready);
    // The program then shows the extract, and this page is gone.
    if (!opened.ok) setState({ step: 'look', ready, refusal: opened.refusal });
  }

  return (
    <section className={classes.panel}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {t('exchange:extract.open')}
        </Title>
        {state.step === 'choose' && (
          <>
            <Text size="sm">{t('exchange:extract.openHelp')}</Text>
            <RefusalNote refusal={state.refusal} />
            <Group justify="flex-end" gap="xs">
              <Button size="sm" variant="default" onClick={onBack}>
                {t('exchange:cancel')}
              </Button>
              <Button size="sm" onClick={() => void choose()} data-autofocus>
                {t('exchange:extract.choose')}
              </Button>
            </Group>
          </>
        )}
        {state.step === 'passphrase' && (
          <AskPassphrase
            file={state.file}
            refusal={state.refusal}
            onBack={() => setState({ step: 'choose' })}
            onRead={(passphrase) => void read(state.file, passphrase)}
          />
        )}
        {state.step === 'working' && (
          <ProgressView report={state.report} onCancel={() => running.current?.abort()} />
        )}
        {state.step === 'look' && (
          <Look
            ready={state.ready}
            refusal={state.refusal}
            onBack={() => setState({ step: 'choose' })}
            onShow={() => void show(state.ready)}
          />
        )}
      </Stack>
    </section>
  );
}

interface AskPassphraseProps {
  readonly file: OpenedFile;
  readonly refusal: Refusal | undefined;
  readonly onBack: () => void;
  readonly onRead: (passphrase: string) => void;
}

function AskPassphrase({ file, refusal, onBack, onRead }: AskPassphraseProps) {
  const { t, i18n } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) onRead(passphrase);
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          <span className={exchange.fileName}>{file.name}</span>{' '}
          {sizeText(file.bytes.length, i18n.language)}
        </Text>
        <RefusalNote refusal={refusal} />
        <PasswordInput
          size="sm"
          label={t('exchange:in.passphrase')}
          autoComplete="off"
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoFocus
        />
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onBack}>
            {t('exchange:in.another')}
          </Button>
          <Button type="submit" size="sm" disabled={!passphrase}>
            {t('exchange:in.read')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface LookProps {
  readonly ready: ReadyExtract;
  readonly refusal: Refusal | undefined;
  readonly onBack: () => void;
  readonly onShow: () => void;
}

/** Nothing is shown before the person knows what it is and what it is not. */
function Look({ ready, refusal, onBack, onShow }: LookProps) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const { manifest, extract } = ready.content;
  const scope = manifest.scope ?? { kinds: null, sites: null, withoutPrivate: false };
  const { title, limits } = useExtractText({ ...manifest, scope }, (id) =>
    asText(extract.find((record) => record.id === id)?.f.name),
  );
  const before = vault.extract.about();
  return (
    <>
      <Alert color="harbour" title={title}>
        {limits}
      </Alert>
      <Text size="sm">
        {t('exchange:extract.records', {
          count: extract.length,
          number: extract.length.toLocaleString(i18n.language),
          name: manifest.from.name,
        })}
      </Text>
      {before && (
        <Text size="sm">
          {t(
            before.createdAt > manifest.createdAt
              ? 'exchange:extract.replacesNewer'
              : 'exchange:extract.replaces',
          )}
        </Text>
      )}
      <RefusalNote refusal={refusal} />
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant="default" onClick={onBack}>
          {t('exchange:in.another')}
        </Button>
        <Button size="sm" onClick={onShow} data-autofocus>
          {t('exchange:extract.show')}
        </Button>
      </Group>
    </>
  );
}
