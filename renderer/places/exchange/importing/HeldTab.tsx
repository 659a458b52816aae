/** What of the file is not applied until somebody decides about its author. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import type { ReadyImport } from '../../../exchange/importFile';
import { deviceName } from '../deviceNames';
import classes from '../exchange.module.css';
import { heldCounts } from './heldCounts';

export function HeldTab({ ready }: { readonly ready: ReadyImport }) {
  const { t } = useTranslation();
  const vault = useVault();
  const { from } = ready.plan.manifest;
  return (
    <>
      <ul className={classes.rows}>
        {heldCounts(ready).map(({ replica, reason, changes }) => (
          <li key={replica}>
            <Text size="sm" fw={600}>
              {t('exchange:quarantine.of', {
                name: from.replica === replica ? from.name : deviceName(vault, replica, t),
                count: changes,
              })}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`exchange:quarantine.why.${reason}`)}
            </Text>
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed" mt="xs">
        {t('exchange:in.heldHelp')}
      </Text>
    </>
  );
}
