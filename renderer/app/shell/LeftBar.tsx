/** The places, with how much is in each. */
import { Button } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { kindsAt } from '../../../shared/kinds/registry';
import { allConflictCount } from '../../places/review/conflictCount';
import { href } from '../hashLocation';
import { useLocale } from '../locale';
import { paths } from '../paths';
import { placeOfPath, places, type PlaceName } from '../places';
import { useVault } from '../vaultContext';
import { openDeliveries } from './dataAge';
import type { Vault } from '../../store/vault';
import { runningRun } from './running';
import classes from './Shell.module.css';

export function LeftBar() {
  const { t } = useTranslation();
  const locale = useLocale();
  const vault = useVault();
  const [path] = useLocation();
  const current = placeOfPath(path, vault.projection);
  const run = runningRun(vault.projection);
  const conflicts = allConflictCount(vault.projection);
  return (
    <nav className={classes.left} aria-label={t('ui:places.label')}>
      {places.map((place) => {
        const count = countOf(place.name, vault);
        const live = place.name === 'respond' ? run : undefined;
        return (
          <a
            key={place.name}
            className={classes.place}
            href={href(place.path)}
            aria-current={current === place.name ? 'page' : undefined}
          >
            <place.icon size={18} stroke={1.7} aria-hidden />
            {t(`ui:places.${place.name}`)}
            {place.name === 'exchange' && conflicts > 0 && (
              <span
                className={classes.attention}
                role="img"
                aria-label={t('review:inConflict', { count: conflicts })}
                title={t('review:inConflict', { count: conflicts })}
              />
            )}
            {live ? (
              <span className={classes.live} data-mode={live.mode} title={live.name} />
            ) : (
              count > 0 && (
                <span
                  className={classes.count}
                  title={
                    place.name === 'exchange'
                      ? t('ui:places.undelivered', { count })
                      : t('ui:places.records', { count })
                  }
                >
                  {count.toLocaleString(locale)}
                </span>
              )
            )}
          </a>
        );
      })}
      <div className={classes.gap} />
      <Button
        component="a"
        href={href(paths.importSheet)}
        variant="default"
        size="xs"
        leftSection={<IconTableImport size={16} aria-hidden />}
        disabled={!vault.isWriter()}
      >
        {t('ui:importSheet')}
      </Button>
    </nav>
  );
}

/** Records of the place; for exchange what is still to be delivered. */
function countOf(place: PlaceName, vault: Vault): number {
  if (place === 'exchange') return openDeliveries(vault);
  return kindsAt(place).reduce((sum, kind) => sum + vault.projection.records(kind.name).length, 0);
}
