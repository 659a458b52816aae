/** The devices address: what it shows follows from how this device stands in the organisation. */
import { useState } from 'react';
import { Stack } from '@mantine/core';
import { useLocation, useSearch } from 'wouter';
import { showRefusal } from '../../../app/notices';
import { paths } from '../../../app/paths';
import { useVault } from '../../../app/vaultContext';
import { renewRecoveryKey } from '../../../exchange/enrol';
import { ExchangeTabs } from '../ExchangeTabs';
import { DevicesScreen } from './DevicesScreen';
import { EnrolDialog } from './EnrolDialog';
import { FoundPage } from './FoundPage';
import { RecoverPage } from './RecoverPage';
import { RecoveryKeyPage } from './RecoveryKeyPage';
import { RequestPage } from './RequestPage';

interface NewKey {
  readonly recoveryKey: string;
  readonly renewed: boolean;
}

export function DevicesPage() {
  const vault = useVault();
  const [, navigate] = useLocation();
  const recovering = new URLSearchParams(useSearch()).has('recover');
  const [made, setMade] = useState<NewKey>();
  const onRecover = () => navigate(`${paths.devices}?recover=1`);

  async function renew(): Promise<void> {
    const renewed = await renewRecoveryKey(vault);
    if (renewed.ok) setMade({ ...renewed.value, renewed: true });
    else showRefusal(renewed.refusal);
  }

  if (made) return <RecoveryKeyPage {...made} onDone={() => setMade(undefined)} />;
  if (recovering) return <RecoverPage onBack={() => navigate(paths.devices, { replace: true })} />;
  const standing = vault.trust.standing();
  return (
    <Stack gap="md">
      <ExchangeTabs current="devices" />
      {standing === 'none' ? (
        <FoundPage
          onRecover={onRecover}
          onMade={(recoveryKey) => setMade({ recoveryKey, renewed: false })}
        />
      ) : standing === 'waiting' ? (
        <RequestPage onRecover={onRecover} />
      ) : (
        <DevicesScreen onRecover={onRecover} onNewKey={() => void renew()} />
      )}
      <EnrolDialog />
    </Stack>
  );
}
