import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { refusalText } from '../notices';
import { useVault } from '../vaultContext';
import classes from './Shell.module.css';

/** Only one window writes; the others say so instead of refusing every click. */
export function VaultBanner() {
  const { t } = useTranslation();
  const vault = useVault();
  if (vault.isWriter()) return <TroubleBanner />;
  if (vault.damaged()) {
    return (
      <Alert
        color="red"
        className={classes.banner ?? ''}
        role="alert"
        icon={<IconAlertTriangle aria-hidden />}
        title={t('ui:damaged.title')}
      >
        {t('ui:damaged.text')}
      </Alert>
    );
  }
  return (
    <Alert
      color="orange"
      className={classes.banner ?? ''}
      role="status"
      icon={<IconLock aria-hidden />}
      title={t('ui:readOnly.title')}
    >
      {t('ui:readOnly.text')}
    </Alert>
  );
}

/** Nothing is lost, but room on the disk or the like is running out: say so before it is too late. */
function TroubleBanner() {
  const { t } = useTranslation();
  const trouble = useVault().trouble();
  if (!trouble) return null;
  return (
    <Alert
      color="orange"
      className={classes.banner ?? ''}
      role="status"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('ui:trouble.title')}
    >
      {refusalText(trouble)}
    </Alert>
  );
}
