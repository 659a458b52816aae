/** Devices as people speak of them: by name, by site, ours or theirs. */
import { useMemo } from 'react';
import type { ReplicaId } from '../../../shared/log/change';
import { asText } from '../../../shared/projection/projection';
import { deviceOf } from '../../../shared/trust/device';
import { certificateOf } from '../../../shared/trust/roster';
import { useVault } from '../../app/vaultContext';
import { titleIn } from '../recordTitle';

/** Human numbers begin with the code of the site and two characters of the device. */
const TAG = 2;

export interface Devices {
  name(replica: ReplicaId): string;
  /** Code of the site; empty when nobody said it. */
  site(replica: ReplicaId): string;
  isOwn(replica: ReplicaId): boolean;
  isHq(replica: ReplicaId): boolean;
}

export function useDevices(): Devices {
  const vault = useVault();
  const { projection } = vault;
  const roster = vault.trust.roster();
  const own = vault.device()?.replica;
  return useMemo(() => {
    const certificate = (replica: ReplicaId) => roster && certificateOf(roster, deviceOf(replica));
    return {
      name: (replica) => {
        const title = titleIn(projection, replica);
        return title === replica ? (certificate(replica)?.name ?? replica) : title;
      },
      site: (replica) => {
        const prefix = asText(projection.get(replica)?.values.prefix);
        return certificate(replica)?.site ?? prefix.slice(0, Math.max(0, prefix.length - TAG));
      },
      isOwn: (replica) => own !== undefined && deviceOf(replica) === deviceOf(own),
      isHq: (replica) =>
        certificate(replica)?.role === 'hq' || projection.get(replica)?.values.role === 'hq',
    };
  }, [projection, roster, own]);
}
