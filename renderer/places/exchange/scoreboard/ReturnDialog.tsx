/** The files back to all sites in one go: for whom, where to, then what was written. */
import { useMemo, useRef, useState } from 'react';
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { SaveFolder } from '../../../../shared/host';
import type { Refusal } from '../../../../shared/result';
import { useHost, useHostInfo, useVault } from '../../../app/vaultContext';
import type { ManyProgress } from '../../../exchange/readMany';
import { DialogFoot } from '../../../ui/DialogFoot';
import { FilesProgress } from '../FilesProgress';
import { PassphraseFields, type PassphraseForm } from '../PassphraseFields';
import { RefusalNote } from '../RefusalNote';
import { StepsDialog } from '../StepsDialog';
import { ReturnReport } from './ReturnReport';
import classes from './scoreboard.module.css';
import type { SiteRow } from './siteRows';
import { hasKey, lacksSomething, writeReturns, type Written } from './writeReturns';

interface ReturnDialogProps {
  readonly opened: boolean;
  readonly rows: readonly SiteRow[];
  /** Devices chosen beforehand; empty for all that lack something. */
  readonly chosen: ReadonlySet<string>;
  readonly onClose: () => void;
}

type State =
  | { readonly step: 'form'; readonly refusal?: Refusal }
  | { readonly step: 'working'; readonly progress?: ManyProgress }
  | { readonly step: 'done'; readonly written: readonly Written[]; readonly folder: SaveFolder };

export function ReturnDialog({ opened, ...rest }: ReturnDialogProps) {
  const { t } = useTranslation();
  return (
    <StepsDialog
      opened={opened}
      title={t('scoreboard:returns.title')}
      size={780}
      onClose={rest.onClose}
    >
      <Steps {...rest} />
    </StepsDialog>
  );
}

function Steps({ rows, chosen, onClose }: Omit<ReturnDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const [state, setState] = useState<State>({ step: 'form' });
  // As the list was when the dialogue opened: rows change under it as files are written.
  const [offered] = useState(() => rows.filter((row) => !row.revoked));
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () =>
      new Set(
        offered
          .filter((row) => (chosen.size ? chosen.has(row.device) : lacksSomething(row)))
          .map((row) => row.device),
      ),
  );
  const running = useRef<AbortController>(undefined);

  async function write(passphrase: string): Promise<void> {
    const folder = await host.chooseSaveFolder();
    if (!folder.ok) {
      setState({ step: 'form', refusal: folder.refusal });
      return;
    }
    if (!folder.value) return;
    const controller = new AbortController();
    running.current = controller;
    setState({ step: 'working' });
    const written = await writeReturns(vault, host, {
      rows: offered.filter((row) => picked.has(row.device)),
      folder: folder.value,
      passphrase,
      filterName: t('exchange:filter'),
      signal: controller.signal,
      onProgress: (progress) => setState({ step: 'working', progress }),
    });
    setState({ step: 'done', written, folder: folder.value });
  }

  if (state.step === 'working') {
    return (
      <FilesProgress
        progress={state.progress}
        help={t('scoreboard:returns.cancelHelp')}
        onCancel={() => running.current?.abort()}
      />
    );
  }
  if (state.step === 'done') {
    return <ReturnReport written={state.written} folder={state.folder} onClose={onClose} />;
  }
  return (
    <Form offered={offered} picked={picked} onPick={setPicked} onWrite={write} onClose={onClose}>
      <RefusalNote refusal={state.refusal} />
    </Form>
  );
}

interface FormProps {
  readonly offered: readonly SiteRow[];
  readonly picked: ReadonlySet<string>;
  readonly onPick: (devices: ReadonlySet<string>) => void;
  readonly onWrite: (passphrase: string) => Promise<void>;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
}

function Form({ offered, picked, onPick, onWrite, onClose, children }: FormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const { edition } = useHostInfo();
  const form = useForm<PassphraseForm>({ defaultValues: { passphrase: '', repeat: '' } });
  const lacking = useMemo(() => offered.filter(lacksSomething), [offered]);
  const withoutKey = offered.filter((row) => picked.has(row.device) && !hasKey(vault, row)).length;
  const toggle = (device: string) => {
    const next = new Set(picked);
    if (!next.delete(device)) next.add(device);
    onPick(next);
  };
  const all = offered.every((row) => picked.has(row.device));
  const submit = form.handleSubmit(({ passphrase }) => onWrite(passphrase));
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => {
          // Without a device that needs one, the passphrase fields are not there to be checked.
          if (withoutKey) void submit(event);
          else {
            event.preventDefault();
            void onWrite('');
          }
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('scoreboard:returns.lead')}</Text>
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onPick(new Set(lacking.map((row) => row.device)))}
            >
              {t('scoreboard:returns.lacking', { count: lacking.length })}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => onPick(new Set(all ? [] : offered.map((row) => row.device)))}
            >
              {t(all ? 'scoreboard:returns.none' : 'scoreboard:returns.all')}
            </Button>
          </Group>
          <div
            className={classes.list}
            role="group"
            aria-label={t('scoreboard:returns.devices')}
            tabIndex={-1}
          >
            {offered.map((row) => (
              <Checkbox
                key={row.device}
                size="sm"
                className={classes.pick ?? ''}
                checked={picked.has(row.device)}
                onChange={() => toggle(row.device)}
                label={row.name}
                description={<What row={row} keyed={hasKey(vault, row)} />}
              />
            ))}
          </div>
          {withoutKey > 0 && (
            <Stack gap="xs">
              <Text size="sm">{t('scoreboard:returns.withoutKey', { count: withoutKey })}</Text>
              <PassphraseFields />
            </Stack>
          )}
          {edition === 'portable' && (
            <Text size="sm" c="dimmed">
              {t('scoreboard:returns.portable')}
            </Text>
          )}
          {children}
          <DialogFoot>
            <Button variant="default" size="sm" onClick={onClose}>
              {t('exchange:cancel')}
            </Button>
            <Button type="submit" size="sm" disabled={!picked.size}>
              {t('scoreboard:returns.write', { count: picked.size })}
            </Button>
          </DialogFoot>
        </Stack>
      </form>
    </FormProvider>
  );
}

/** What its file would hold. */
function What({ row, keyed }: { readonly row: SiteRow; readonly keyed: boolean }) {
  const { t } = useTranslation();
  const what = row.undelivered
    ? t('scoreboard:returns.changes', { count: row.undelivered })
    : t(lacksSomething(row) ? 'scoreboard:returns.receipt' : 'scoreboard:returns.nothing');
  return (
    <>
      {what} {!keyed && t('scoreboard:returns.noKey')}
    </>
  );
}
