import { useMemo } from 'react';
import type { Roster } from '../../../../shared/trust/roster';
import { useVault } from '../../../app/vaultContext';
import { siteRows, type Member, type SiteRow } from './siteRows';

/** Worked out again when the vault changed, not at every stroke in the search. */
export function useSiteRows(now: number): readonly SiteRow[] {
  const vault = useVault();
  const version = vault.version();
  return useMemo(
    () =>
      siteRows({
        self: vault.device()?.replica ?? '',
        peers: vault.exchange.peers(),
        members: membersOf(vault.trust.roster()),
        projection: vault.projection,
        now,
      }),
    // oxlint-disable-next-line react/exhaustive-deps -- the version stands for what is in the vault
    [vault, version, now],
  );
}

function membersOf(roster: Roster | undefined): readonly Member[] {
  const revoked = new Set(roster?.revoked.map(({ device }) => device));
  return (roster?.devices ?? []).map(({ device, name, holder, site }) => ({
    device,
    name,
    holder,
    site,
    revoked: revoked.has(device),
  }));
}
