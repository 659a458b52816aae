/** Taking a device off: why, up to where what it wrote still counts, and what follows from it. */
import { useState } from 'react';
import { Alert, Button, Group, List, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Vector } from '../../../../shared/log/vector';
import type { Refusal } from '../../../../shared/result';
import { deviceOf } from '../../../../shared/trust/device';
import { revocationReasons } from '../../../../shared/trust/roster';
import { paths } from '../../../app/paths';
import { useVault } from '../../../app/vaultContext';
import { lastHere, revokeDevice } from '../../../exchange/enrol';
import { DialogFoot } from '../../../ui/DialogFoot';
import { RefusalNote } from '../RefusalNote';
import { StepsDialog } from '../StepsDialog';
import type { DeviceRow } from './deviceRows';

interface RevokeDialogProps {
  readonly row: DeviceRow | undefined;
  /** Another device will take its place: says how to go on. */
  readonly replacing: boolean;
  readonly onClose: () => void;
}

export function RevokeDialog({ row, replacing, onClose }: RevokeDialogProps) {
  const { t } = useTranslation();
  return (
    <StepsDialog
      opened={row !== undefined}
      onClose={onClose}
      title={t(replacing ? 'devices:replace.title' : 'devices:revoke.title', {
        name: row?.name ?? '',
      })}
      size="lg"
    >
      {row && <Steps key={row.device} row={row} replacing={replacing} onClose={onClose} />}
    </StepsDialog>
  );
}

function Steps({ row, replacing, onClose }: RevokeDialogProps & { readonly row: DeviceRow }) {
  const { t } = useTranslation();
  const vault = useVault();
  const [, navigate] = useLocation();
  const [here] = useState(() => lastHere(vault, row.device));
  const [last, setLast] = useState<Vector>(here);
  const [reason, setReason] = useState<string>(replacing ? 'lost' : 'stolen');
  const [state, setState] = useState<'form' | 'working' | 'done'>('form');
  const [refusal, setRefusal] = useState<Refusal>();
  const replicas = Object.keys(here).toSorted();

  async function revoke(): Promise<void> {
    const chosen = revocationReasons.find((each) => each === reason) ?? 'other';
    setState('working');
    const done = await revokeDevice(vault, { device: row.device, reason: chosen, last });
    setRefusal(done.ok ? undefined : done.refusal);
    setState(done.ok ? 'done' : 'form');
  }

  if (state === 'done') {
    return (
      <Stack gap="md">
        <Alert
          color="green"
          icon={<IconCircleCheck aria-hidden />}
          title={t('devices:revoke.done', { name: row.name })}
          role="status"
        >
          {t('devices:revoke.doneText')}
        </Alert>
        {replacing && <Text size="sm">{t('devices:replace.next', { name: row.name })}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui:close')}
          </Button>
          <Button onClick={() => navigate(`${paths.exchange}?export=1`)} data-autofocus>
            {t('devices:revoke.write')}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void revoke();
      }}
    >
      <Stack gap="md">
        {replacing && <Text size="sm">{t('devices:replace.lead')}</Text>}
        <Select
          label={t('devices:revoke.reason')}
          allowDeselect={false}
          w={280}
          data={revocationReasons.map((each) => ({
            value: each,
            label: t(`devices:reason.${each}`),
          }))}
          value={reason}
          onChange={(value) => setReason(value ?? 'other')}
        />
        <div>
          <Text size="sm" fw={600}>
            {t('devices:revoke.last')}
          </Text>
          <Text size="sm" c="dimmed" mb={6}>
            {t(replicas.length ? 'devices:revoke.lastHelp' : 'devices:revoke.lastNone')}
          </Text>
          <Group gap="sm">
            {replicas.map((replica, i) => (
              <NumberInput
                key={replica}
                w={230}
                label={
                  replicas.length > 1
                    ? t('devices:revoke.epoch', { number: i + 1 })
                    : t('devices:revoke.upTo')
                }
                description={t('devices:revoke.here', { count: here[replica] ?? 0 })}
                min={here[replica] ?? 0}
                clampBehavior="blur"
                allowDecimal={false}
                value={last[replica] ?? 0}
                onChange={(value) =>
                  setLast({ ...last, [replica]: Math.max(here[replica] ?? 0, Number(value) || 0) })
                }
              />
            ))}
          </Group>
          <Held device={row.device} />
        </div>
        <Alert color="orange">
          <List size="sm" spacing={4}>
            <List.Item>{t('devices:revoke.then.held')}</List.Item>
            <List.Item>{t('devices:revoke.then.files')}</List.Item>
            <List.Item>{t('devices:revoke.then.learn')}</List.Item>
            {row.role === 'hq' && <List.Item>{t('devices:revoke.then.hq')}</List.Item>}
          </List>
        </Alert>
        <RefusalNote refusal={refusal} />
        <DialogFoot>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button
            type="submit"
            color="red"
            loading={state === 'working'}
            disabled={!vault.isWriter()}
          >
            {t('devices:revoke.button')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}

/** Something of it waits here already: the number to type for letting that in. */
function Held({ device }: { readonly device: string }) {
  const { t } = useTranslation();
  const waiting = useVault()
    .exchange.waiting()
    .map(({ segment }) => segment)
    .filter(({ replica }) => deviceOf(replica) === device);
  if (!waiting.length) return null;
  return (
    <Text size="sm" mt={6}>
      {t('devices:revoke.waiting', { to: Math.max(...waiting.map(({ to }) => to)) })}
    </Text>
  );
}
