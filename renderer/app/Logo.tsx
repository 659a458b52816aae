import { IconAnchor } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Screens.module.css';

/** `size` in pixels of the anchor; the word is a little over half of it. */
export function Logo({ size }: { readonly size: number }) {
  const { t } = useTranslation();
  return (
    <span className={classes.logo} style={{ fontSize: Math.max(15, size * 0.6) }}>
      <IconAnchor size={size} stroke={2} aria-hidden />
      <span className={classes.word}>{t('ui:product')}</span>
    </span>
  );
}
