/** How this device stands in the organisation, where that asks for something: one calm line. */
import { Anchor } from '@mantine/core';
import { IconShield } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RECOVERY_PENDING } from '../../exchange/enrol';
import type { Vault } from '../../store/vault';
import { href } from '../hashLocation';
import { paths } from '../paths';
import { useNow } from '../useNow';
import { useVault } from '../vaultContext';
import classes from './TrustBanner.module.css';

const HOUR = 3_600_000;

type Notice = 'found' | 'waiting' | 'revoked' | 'expired' | 'reader' | 'recoveryKey';

export function noticeOf(vault: Vault, now: number): Notice | undefined {
  const certificate = vault.trust.certificate();
  switch (vault.trust.standing()) {
    case 'none':
      return 'found';
    case 'waiting':
      return 'waiting';
    case 'revoked':
      return 'revoked';
    case 'outsider':
      return undefined;
    case 'member':
      if (certificate && certificate.until !== null && certificate.until < now) return 'expired';
      if (certificate?.role === 'reader') return 'reader';
      return certificate?.role === 'hq' && vault.setting<boolean>(RECOVERY_PENDING)
        ? 'recoveryKey'
        : undefined;
  }
}

/** Not while a loss is being answered, nor on the page that it leads to. */
export function TrustBanner({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const vault = useVault();
  const now = useNow(HOUR);
  const notice = noticeOf(vault, now);
  const quiet = path === paths.devices || path.startsWith(paths.run(''));
  if (!notice || quiet || !vault.isWriter()) return null;
  return (
    <div className={classes.banner} role="note" aria-label={t('devices:banner.label')}>
      <IconShield size={16} aria-hidden />
      <span>{t(`devices:banner.${notice}`)}</span>
      <Anchor size="sm" href={href(paths.devices)}>
        {t(`devices:banner.link.${notice}`)}
      </Anchor>
    </div>
  );
}
