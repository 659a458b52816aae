/** Everything that is held because its author is not trusted: visible, complete, and not applied. */
import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import { Tone } from '../../../ui/Tone';
import classes from '../exchange.module.css';
import { HeldGroupCard } from './HeldGroupCard';
import { heldGroups } from './heldGroups';
import { sentences } from '../../../ui/sentences';

export function QuarantinePanel() {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const groups = heldGroups(vault.exchange.waiting());
  if (groups.length === 0) return null;
  const hq = vault.trust.certificate()?.role === 'hq';
  const undecided = groups.filter(({ keptOut, rescued }) => !keptOut && !rescued);
  const open = undecided.length;
  const isOthers = !hq && undecided.some(({ state }) => !state);
  return (
    <section className={classes.panel} aria-labelledby="exchange-quarantine">
      <div className={classes.panelHead}>
        <Title order={2} size="h5" id="exchange-quarantine">
          {t(open ? 'exchange:quarantine.title' : 'exchange:quarantine.outTitle')}
        </Title>
        {open > 0 && <Tone tone="warn">{String(open)}</Tone>}
      </div>
      <Text size="sm" c="dimmed" mb="xs">
        {sentences(
          i18n.language,
          t('exchange:quarantine.help'),
          hq && open > 0 && t('exchange:quarantine.youDecide'),
          isOthers && t('exchange:quarantine.hqDecides'),
        )}
      </Text>
      <Stack gap="sm">
        {groups.map((group) => (
          <HeldGroupCard
            key={group.items[0]?.segment.sha256}
            group={group}
            mayDecide={(hq || group.state) && vault.isWriter()}
          />
        ))}
      </Stack>
    </section>
  );
}
