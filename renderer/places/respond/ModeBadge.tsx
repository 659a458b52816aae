/** Drill or real: said in both languages, because both are heard in the room. */
import { useTranslation } from 'react-i18next';
import classes from './Respond.module.css';

export function ModeBadge({ mode }: { readonly mode: 'drill' | 'real' }) {
  const { t } = useTranslation();
  return (
    <span className={classes.mode} data-mode={mode}>
      {t(`respond:mode.${mode}.badge`)}
    </span>
  );
}
