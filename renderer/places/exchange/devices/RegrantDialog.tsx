import { useState } from 'react';
import { Alert, Button, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../../../shared/result';
import type { Certificate } from '../../../../shared/trust/roster';
import { showDone } from '../../../app/notices';
import { useNow } from '../../../app/useNow';
import { useVault } from '../../../app/vaultContext';
import { regrantDevice } from '../../../exchange/enrol';
import { DialogFoot } from '../../../ui/DialogFoot';
import { RefusalNote } from '../RefusalNote';
import { draftOf, faultsOf, grantOf, type GrantDraft } from './grantDraft';
import { GrantFields } from './GrantFields';

const MINUTE = 60_000;

interface RegrantDialogProps {
  readonly certificate: Certificate | undefined;
  readonly onClose: () => void;
}

/** Changes what a member may do; its keys stay, so it need not ask again. */
export function RegrantDialog({ certificate, onClose }: RegrantDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={certificate !== undefined}
      onClose={onClose}
      title={t('devices:regrant.title', { name: certificate?.name ?? '' })}
      size={840}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {certificate && <Form certificate={certificate} onClose={onClose} />}
    </Modal>
  );
}

function Form({
  certificate,
  onClose,
}: {
  readonly certificate: Certificate;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const vault = useVault();
  const [draft, setDraft] = useState<GrantDraft>(() => draftOf(certificate));
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const faults = faultsOf(draft, useNow(MINUTE));

  async function save(): Promise<void> {
    setTried(true);
    if (faults.size > 0) return;
    setWorking(true);
    const done = await regrantDevice(vault, certificate.device, grantOf(draft));
    setWorking(false);
    if (!done.ok) return setRefusal(done.refusal);
    showDone(t('devices:regrant.done', { name: draft.name.trim() }));
    onClose();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      noValidate
    >
      <Stack gap="md">
        <GrantFields draft={draft} onChange={setDraft} faults={tried ? faults : new Set()} />
        {draft.role === 'hq' && certificate.role !== 'hq' && (
          <Alert color="orange">{t('devices:grant.hqWarning')}</Alert>
        )}
        <Text size="sm" c="dimmed">
          {t('devices:regrant.help')}
        </Text>
        <RefusalNote refusal={refusal} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={working} disabled={!vault.isWriter()}>
            {t('ui:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
