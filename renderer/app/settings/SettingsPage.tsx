/** This device: who, which language and light, where the data lies, the keys to press, about. */
import { Button, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { locales } from '../i18n';
import { chooseLocale, localeNames, useLocale } from '../locale';
import { schemes } from '../shell/PersonMenu';
import { SwitchPerson } from '../shell/SwitchPerson';
import { useHost, useHostInfo, useVault } from '../vaultContext';
import { Facts, Section } from './Section';
import { HistorySection } from './history/HistorySection';
import { OrganisationSection } from './OrganisationSection';
import { ShortcutList } from './ShortcutList';
import { StorageSection } from './StorageSection';
import classes from './settings.module.css';

export function SettingsPage() {
  const { t } = useTranslation();
  return (
    <Stack gap="md" maw={980} mx="auto" pb="xl">
      <Title order={1} size="h3">
        {t('settings:title')}
      </Title>
      <div className={classes.columns}>
        <Stack gap="md">
          <PersonSection />
          <OrganisationSection />
          <LookSection />
          <StorageSection />
        </Stack>
        <Stack gap="md">
          <HistorySection />
          <ShortcutList />
          <AboutSection />
        </Stack>
      </div>
    </Stack>
  );
}

function PersonSection() {
  const { t } = useTranslation();
  const vault = useVault();
  const device = vault.device();
  const [switching, dialog] = useDisclosure(false);
  // An outsider writes nothing, so nobody's name stands under anything.
  if (!device || device.outsider) return null;
  return (
    <Section title={t('settings:device.title')}>
      <Facts
        facts={[
          [t('settings:device.person'), device.person],
          [t('settings:device.name'), device.name],
          [t('settings:device.role'), t(`settings:device.${device.role}`)],
          [t('settings:device.prefix'), device.prefix],
          [t('settings:device.replica'), device.replica],
        ]}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {t('settings:device.help')}
      </Text>
      <Button variant="default" size="xs" mt="sm" onClick={dialog.open}>
        {t('ui:person.switch')}
      </Button>
      <SwitchPerson opened={switching} onClose={dialog.close} />
    </Section>
  );
}

function LookSection() {
  const { t } = useTranslation();
  const host = useHost();
  const locale = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('settings:look')}>
      <div className={classes.row}>
        <Text size="sm">{t('ui:language')}</Text>
        <SegmentedControl
          aria-label={t('ui:language')}
          value={locale}
          data={locales.map((each) => ({ value: each, label: localeNames[each] }))}
          onChange={(next) => {
            const chosen = locales.find((each) => each === next);
            if (chosen) void chooseLocale(host, chosen);
          }}
        />
      </div>
      <div className={classes.row}>
        <Text size="sm">{t('ui:scheme.label')}</Text>
        <SegmentedControl
          aria-label={t('ui:scheme.label')}
          value={colorScheme}
          data={schemes.map(({ name }) => ({ value: name, label: t(`ui:scheme.${name}`) }))}
          onChange={setColorScheme}
        />
      </div>
    </Section>
  );
}

function AboutSection() {
  const { t } = useTranslation();
  const info = useHostInfo();
  return (
    <Section title={t('settings:about.title')}>
      <Facts
        facts={[
          [t('settings:about.version'), info.version],
          [t('settings:about.edition'), t(`settings:about.${info.edition}`)],
          [t('settings:about.platform'), info.platform],
          [t('settings:about.licence'), 'MIT'],
        ]}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {t('settings:about.text')}
      </Text>
    </Section>
  );
}
