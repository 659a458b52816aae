import type { ReactNode } from 'react';
import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { refusalText } from '../notices';
import { ExtractBanner } from '../../places/exchange/extract/ExtractBanner';
import { useVault } from '../vaultContext';
import classes from './Shell.module.css';

/** Only one window writes; the others say so instead of refusing every click. */
export function VaultBanner() {
  const { t } = useTranslation();
  const vault = useVault();
  if (vault.device()?.outsider) return <ExtractBanner />;
  if (vault.isWriter()) return <TroubleBanner />;
  if (vault.damaged()) {
    return (
      <Banner alarm title={t('ui:damaged.title')} icon={<IconAlertTriangle aria-hidden />}>
        {t('ui:damaged.text')}
      </Banner>
    );
  }
  return (
    <Banner title={t('ui:readOnly.title')} icon={<IconLock aria-hidden />}>
      {t('ui:readOnly.text')}
    </Banner>
  );
}

/** Nothing is lost, but room on the disk or the like is running out: say so before it is too late. */
function TroubleBanner() {
  const { t } = useTranslation();
  const trouble = useVault().trouble();
  if (!trouble) return null;
  return (
    <Banner title={t('ui:trouble.title')} icon={<IconAlertTriangle aria-hidden />}>
      {refusalText(trouble)}
    </Banner>
  );
}

interface BannerProps {
  /** Read out at once, and red. */
  readonly alarm?: boolean;
  readonly title: string;
  readonly icon: ReactNode;
  readonly children: string;
}

const Banner = ({ alarm = false, title, icon, children }: BannerProps) => (
  <Alert
    color={alarm ? 'red' : 'orange'}
    className={classes.banner ?? ''}
    role={alarm ? 'alert' : 'status'}
    icon={icon}
    title={title}
  >
    {children}
  </Alert>
);
