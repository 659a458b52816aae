/** A file for enrolled devices: which, what goes, and, for drills only, without encryption. */
import { useState } from 'react';
import { Alert, Button, Group, MultiSelect, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle, IconKey, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseWithin } from '../../../../shared/attachments/budget';
import { deviceOf } from '../../../../shared/trust/device';
import { useNow } from '../../../app/useNow';
import { useVault } from '../../../app/vaultContext';
import { AttachmentBudget, usualChoice } from '../../../attachments/AttachmentBudget';
import { blobCandidates } from '../../../exchange/blobChoice';
import { together, type ExportContent } from '../../../exchange/exportFile';
import { receiversOf, type Receiver } from '../../../exchange/receivers';
import { localTime } from '../../../ui/times';
import type { DevicesChoice, FormProps } from './choices';
import { ContentChoice } from './ContentChoice';
import { FormButtons } from './FormButtons';

interface DevicesFormProps extends FormProps<DevicesChoice> {
  readonly to: string | undefined;
  readonly content: ExportContent | undefined;
}

const HOUR = 3_600_000;
const CONTENTS = ['changes', 'snapshot', 'receipt'] as const;

export function DevicesForm({ to, content: first, onSubmit, onCancel, note }: DevicesFormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const roster = vault.trust.roster();
  const hq = vault.trust.certificate()?.role === 'hq';
  const all = receiversOf(vault, useNow(HOUR));
  const asked = to ? deviceOf(to) : all.length === 1 ? all[0]?.device : undefined;
  const [chosen, setChosen] = useState<readonly string[]>(asked ? [asked] : []);
  const [content, setContent] = useState<ExportContent>(first ?? 'changes');
  const [encrypted, setEncrypted] = useState(true);
  const [budget, setBudget] = useState(usualChoice);
  const [tried, setTried] = useState(false);
  const receivers = all.filter(({ device }) => chosen.includes(device));
  const peers = receivers.map(({ peer }) => peer);
  const candidates =
    content === 'receipt' || peers.length === 0
      ? []
      : blobCandidates(vault, together(peers), content);
  if (all.length === 0) {
    return (
      <Stack gap="md">
        <Text size="sm">{t(hq ? 'exchange:out.nobody' : 'exchange:out.nobodyHere')}</Text>
        {note}
        <FormButtons onCancel={onCancel} disabled />
      </Stack>
    );
  }
  const missing = receivers.length === 0;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing) return;
        const { go } = chooseWithin(candidates, budget.budget, budget.leaveOut);
        const blobs = go.map(({ sha256 }) => sha256);
        onSubmit({ sort: 'devices', receivers, content, encrypted, blobs });
      }}
    >
      <Stack gap="md">
        <div>
          <Group align="flex-start" wrap="nowrap" gap="xs">
            <MultiSelect
              size="sm"
              flex={1}
              label={t('exchange:out.to')}
              placeholder={missing ? t('exchange:out.toHint') : ''}
              nothingFoundMessage={t('exchange:out.noMatch')}
              searchable
              clearable
              hidePickedOptions
              maxDropdownHeight={260}
              data={all.map((each) => ({ value: each.device, label: labelOf(each) }))}
              value={[...chosen]}
              onChange={setChosen}
              error={tried && missing ? t('exchange:out.toMissing') : undefined}
            />
            <Button
              mt={25}
              size="sm"
              variant="default"
              leftSection={<IconUsersGroup size={16} aria-hidden />}
              onClick={() => setChosen(all.map(({ device }) => device))}
            >
              {t('exchange:out.everyone', { count: all.length })}
            </Button>
          </Group>
          <Group gap={6} mt={6} wrap="nowrap">
            <IconKey size={15} aria-hidden />
            <Text size="sm" c="dimmed">
              {t(encrypted ? 'exchange:out.recovery' : 'exchange:out.recoveryClear')}
            </Text>
          </Group>
          {!hq && roster && (
            <Text size="sm" c="dimmed" mt={4}>
              {t('exchange:out.roster', { when: localTime(roster.at) })}
            </Text>
          )}
          {receivers.length > 1 && (
            <Text size="sm" c="dimmed" mt={4}>
              {t('exchange:out.several', { count: receivers.length })}
            </Text>
          )}
        </div>
        <ContentChoice peers={peers} contents={CONTENTS} value={content} onChange={setContent} />
        <AttachmentBudget candidates={candidates} value={budget} onChange={setBudget} />
        <Switch
          size="sm"
          label={t('exchange:out.clear')}
          checked={!encrypted}
          onChange={(event) => setEncrypted(!event.currentTarget.checked)}
        />
        {!encrypted && (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />} role="alert">
            {t('exchange:out.clearWarning')}
          </Alert>
        )}
        {note}
        <FormButtons onCancel={onCancel} />
      </Stack>
    </form>
  );
}

const labelOf = ({ certificate }: Receiver): string =>
  [certificate.name, certificate.site, certificate.holder]
    .filter((part, i, all) => part && all.indexOf(part) === i)
    .join(' · ');
