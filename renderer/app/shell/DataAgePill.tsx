import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Tone } from '../../ui/Tone';
import { ageText } from '../age';
import { href } from '../hashLocation';
import { useLocale } from '../locale';
import { paths } from '../paths';
import { useNow } from '../useNow';
import { useVault } from '../vaultContext';
import { dataAge, type DataAge } from './dataAge';
import classes from './Shell.module.css';

const MINUTE = 60_000;

export function DataAgePill() {
  const { t } = useTranslation();
  const locale = useLocale();
  const vault = useVault();
  const now = useNow(MINUTE);
  const role = vault.device()?.role ?? 'site';
  const age = dataAge(role, vault.exchange.peers(), vault.exchange.undelivered(), now);
  const sentence = [
    cameText(age),
    age.undelivered > 0 ? t('ui:age.undelivered', { count: age.undelivered }) : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');

  function cameText({ role, elapsed, peers }: DataAge): string {
    if (elapsed !== undefined) return t(`ui:age.${role}`, { age: ageText(elapsed, locale) });
    return peers === 0 && role === 'hq' ? t('ui:age.noLaptops') : t(`ui:age.${role}Never`);
  }

  // An extract says how old it is on every screen.
  if (vault.device()?.outsider) return null;
  return (
    <Tooltip label={t(`ui:age.${role}Tip`)} multiline maw={320}>
      <a className={classes.pill} href={href(paths.exchange)}>
        <Tone tone={age.tone}>{sentence}</Tone>
      </a>
    </Tooltip>
  );
}
