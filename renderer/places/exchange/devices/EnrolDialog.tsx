/** Headquarters answers a request: compare six words by voice, say what the device may do, write its file. */
import { useEffect, useState } from 'react';
import { Alert, Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import type { Result } from '../../../../shared/result';
import { deviceOf } from '../../../../shared/trust/device';
import type { EnrolmentRequest } from '../../../../shared/trust/request';
import { certificateOf, revocationOf, type Certificate } from '../../../../shared/trust/roster';
import { useNow } from '../../../app/useNow';
import { useVault } from '../../../app/vaultContext';
import { askedBy, enrolDevice, readRequest } from '../../../exchange/enrol';
import { DialogFoot } from '../../../ui/DialogFoot';
import { localTime } from '../../../ui/times';
import { RefusalNote } from '../RefusalNote';
import { StepsDialog } from '../StepsDialog';
import { AnswerSteps } from './AnswerSteps';
import { useEnrolling } from './enrolling';
import { draftOfRequest, faultsOf, grantOf, type GrantDraft } from './grantDraft';
import { GrantFields } from './GrantFields';
import { SpokenWords } from './SpokenWords';
import { useDeviceCode } from './useCode';

const MINUTE = 60_000;

export function EnrolDialog() {
  const { t } = useTranslation();
  const { file, close } = useEnrolling();
  return (
    <StepsDialog
      opened={file !== undefined}
      title={t('devices:enrol.title')}
      size={840}
      onClose={close}
    >
      {file && <Opened key={file.name} file={file} onClose={close} />}
    </StepsDialog>
  );
}

interface OpenedProps {
  readonly file: OpenedFile;
  readonly onClose: () => void;
}

function Opened({ file, onClose }: OpenedProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [read, setRead] = useState<Result<EnrolmentRequest>>();
  /** Once enrolled the request counts as an old one; this dialogue goes on with its file. */
  const [member, setMember] = useState<Certificate>();
  useEffect(() => void readRequest(file.bytes).then(setRead), [file]);
  if (!read) return null;
  if (!read.ok)
    return <Refused onClose={onClose}>{<RefusalNote refusal={read.refusal} />}</Refused>;
  const request = read.value;
  if (member) {
    return <AnswerSteps replica={request.replica} certificate={member} onClose={onClose} />;
  }
  if (vault.trust.certificate()?.role !== 'hq') {
    const key = vault.trust.standing() === 'none' ? 'foundFirst' : 'notHere';
    return (
      <Refused onClose={onClose}>
        <Alert color="orange">{t(`devices:enrol.${key}`)}</Alert>
      </Refused>
    );
  }
  const asked = askedBy(vault, request);
  if (asked === 'new') {
    return <Compare request={request} onEnrolled={setMember} onClose={onClose} />;
  }
  if (asked === 'again') {
    const known = certificateOf(vault.trust.roster(), deviceOf(request.replica));
    return (
      <Refused
        onClose={onClose}
        action={known && { label: t('devices:answer.again'), act: () => setMember(known) }}
      >
        <Alert color="harbour">
          {t('devices:enrol.again', { name: known?.name ?? request.name })}
        </Alert>
      </Refused>
    );
  }
  return (
    <Refused onClose={onClose}>
      <Alert color="red" role="alert">
        {t(`devices:enrol.${asked}`, { name: request.name })}
      </Alert>
    </Refused>
  );
}

interface RefusedProps {
  readonly children: React.ReactNode;
  readonly onClose: () => void;
  readonly action?: { readonly label: string; readonly act: () => void } | undefined;
}

function Refused({ children, onClose, action }: RefusedProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {children}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui:close')}
        </Button>
        {action && <Button onClick={action.act}>{action.label}</Button>}
      </Group>
    </Stack>
  );
}

interface CompareProps {
  readonly request: EnrolmentRequest;
  readonly onEnrolled: (certificate: Certificate) => void;
  readonly onClose: () => void;
}

function Compare({ request, onEnrolled, onClose }: CompareProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const device = deviceOf(request.replica);
  const code = useDeviceCode(device, request.keys);
  const [draft, setDraft] = useState<GrantDraft>(() => draftOfRequest(request));
  const [compared, setCompared] = useState(false);
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [done, setDone] = useState<Result<null>>();
  const faults = faultsOf(draft, useNow(MINUTE));

  async function enrol(): Promise<void> {
    setTried(true);
    if (faults.size > 0) return;
    setWorking(true);
    const result = await enrolDevice(vault, request, grantOf(draft));
    setWorking(false);
    setDone(result);
    const certificate = certificateOf(vault.trust.roster(), device);
    if (result.ok && certificate) onEnrolled(certificate);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void enrol();
      }}
      noValidate
    >
      <Stack gap="md">
        <Text size="sm">
          {t('devices:enrol.asks', {
            name: request.name,
            person: request.person,
            site: request.site,
            when: localTime(request.at),
          })}
        </Text>
        <div>
          <Text size="sm" fw={600} mb={6}>
            {t('devices:enrol.compare', { person: request.person })}
          </Text>
          <SpokenWords code={code} label={t('devices:words.device')} large />
        </div>
        <Checkbox
          label={t('devices:enrol.compared', { person: draft.holder.trim() || request.person })}
          checked={compared}
          onChange={(event) => setCompared(event.currentTarget.checked)}
        />
        <GrantFields draft={draft} onChange={setDraft} faults={tried ? faults : new Set()} />
        <Replaces draft={draft} onChange={setDraft} />
        {draft.role === 'hq' && (
          <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
            {t('devices:grant.hqWarning')}
          </Alert>
        )}
        {done && !done.ok && <RefusalNote refusal={done.refusal} />}
        <DialogFoot justify="space-between">
          <Text size="sm" c="dimmed">
            {compared ? '' : t('devices:enrol.first')}
          </Text>
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
            <Button
              type="submit"
              loading={working}
              disabled={!compared || !code || !vault.isWriter()}
            >
              {t('devices:enrol.button')}
            </Button>
          </Group>
        </DialogFoot>
      </Stack>
    </form>
  );
}

interface ReplacesProps {
  readonly draft: GrantDraft;
  readonly onChange: (draft: GrantDraft) => void;
}

/** A lost device whose place it takes; revoked with that, unless it was before. */
function Replaces({ draft, onChange }: ReplacesProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const roster = vault.trust.roster();
  const self = deviceOf(vault.device()?.replica ?? '');
  const taken = new Set(roster?.devices.map(({ replaces }) => replaces));
  const others = (roster?.devices ?? []).filter(
    ({ device }) => device !== self && !taken.has(device),
  );
  if (!others.length) return null;
  const open = draft.replaces !== null && !revocationOf(roster, draft.replaces);
  return (
    <Select
      label={t('devices:grant.replaces')}
      description={open ? t('devices:grant.replacesHelp') : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('devices:grant.replacesNone')}
      clearable
      searchable
      w={420}
      data={others.map(({ device, name, holder }) => ({
        value: device,
        label: `${name} · ${holder}`,
      }))}
      value={draft.replaces}
      onChange={(replaces) => onChange({ ...draft, replaces })}
    />
  );
}
