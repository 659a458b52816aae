/** Who writes, in which language and light. */
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconLanguage,
  IconMoon,
  IconSettings,
  IconSun,
  IconUserCircle,
  IconUserEdit,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { locales } from '../i18n';
import { chooseLocale, localeNames, useLocale } from '../locale';
import { paths } from '../paths';
import { useHost, useVault } from '../vaultContext';
import { SwitchPerson } from './SwitchPerson';
import classes from './Shell.module.css';

export const schemes = [
  { name: 'auto', icon: IconDeviceDesktop },
  { name: 'light', icon: IconSun },
  { name: 'dark', icon: IconMoon },
] as const;

export function PersonMenu() {
  const { t } = useTranslation();
  const host = useHost();
  const device = useVault().device();
  const locale = useLocale();
  const [, navigate] = useLocation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [switching, dialog] = useDisclosure(false);
  if (!device) return null;
  const check = <IconCheck size={15} aria-hidden />;
  return (
    <>
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target>
          <UnstyledButton
            className={classes.person}
            aria-label={t('ui:person.menu', { person: device.person, device: device.name })}
          >
            <IconUserCircle size={18} stroke={1.7} aria-hidden />
            <span className={classes.personText}>
              {[device.person, device.name].filter(Boolean).join(' · ')}
            </span>
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {!device.outsider && (
            <>
              <Menu.Item leftSection={<IconUserEdit size={16} aria-hidden />} onClick={dialog.open}>
                {t('ui:person.switch')}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          <Menu.Label>{t('ui:language')}</Menu.Label>
          {locales.map((each) => (
            <Menu.Item
              key={each}
              lang={each}
              role="menuitemradio"
              aria-checked={locale === each}
              leftSection={<IconLanguage size={16} aria-hidden />}
              rightSection={locale === each ? check : null}
              onClick={() => void chooseLocale(host, each)}
            >
              {localeNames[each]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>{t('ui:scheme.label')}</Menu.Label>
          {schemes.map((scheme) => (
            <Menu.Item
              key={scheme.name}
              role="menuitemradio"
              aria-checked={colorScheme === scheme.name}
              leftSection={<scheme.icon size={16} aria-hidden />}
              rightSection={colorScheme === scheme.name ? check : null}
              onClick={() => setColorScheme(scheme.name)}
            >
              {t(`ui:scheme.${scheme.name}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconSettings size={16} aria-hidden />}
            onClick={() => navigate(paths.settings)}
          >
            {t('ui:settings')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SwitchPerson opened={switching} onClose={dialog.close} />
    </>
  );
}
