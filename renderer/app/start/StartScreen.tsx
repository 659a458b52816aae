/** A new device: what Holdfast is, and the three ways to begin. */
import { useEffect, useState } from 'react';
import {
  Anchor,
  Loader,
  SegmentedControl,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import {
  IconBuildingSkyscraper,
  IconChevronRight,
  IconDeviceLaptop,
  IconEye,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { locales } from '../i18n';
import { chooseLocale, currentLocale, localeNames, useLocale } from '../locale';
import { Logo } from '../Logo';
import { showRefusal } from '../notices';
import { VaultBanner } from '../shell/VaultBanner';
import { RecoveryKeyPage } from '../../places/exchange/devices/RecoveryKeyPage';
import { OpenExtract } from '../../places/exchange/extract/OpenExtract';
import { useHost, useVault } from '../vaultContext';
import { SetUpForm, type SetUpRole } from './SetUpForm';
import { startingDone, useStarting } from './starting';
import classes from './StartScreen.module.css';

type Way = 'hq' | 'site' | 'sample';

const ways: readonly { readonly name: Way; readonly icon: Icon }[] = [
  { name: 'hq', icon: IconBuildingSkyscraper },
  { name: 'site', icon: IconDeviceLaptop },
  { name: 'sample', icon: IconEye },
];

export function StartScreen() {
  const { t } = useTranslation();
  const [way, setWay] = useState<SetUpRole | 'extract'>();
  const recoveryKey = useStarting((state) => state.recoveryKey);
  useEffect(() => {
    document.title = t('ui:product');
  }, [t]);
  return (
    <div className={classes.screen}>
      <header className={classes.head}>
        <Logo size={24} />
        <LanguageSwitch />
      </header>
      <main className={classes.main}>
        <VaultBanner />
        {recoveryKey ? (
          <RecoveryKeyPage recoveryKey={recoveryKey} onDone={startingDone} />
        ) : way === 'extract' ? (
          <OpenExtract onBack={() => setWay(undefined)} />
        ) : way ? (
          <SetUpForm role={way} onBack={() => setWay(undefined)} />
        ) : (
          <Stack gap="xl">
            <div>
              <Title order={1} size={30}>
                {t('start:title')}
              </Title>
              <Text c="dimmed" size="lg" mt="xs" maw={660}>
                {t('start:text')}
              </Text>
            </div>
            <Ways onChoose={setWay} />
            <Text size="sm" c="dimmed">
              {t('start:promise')}
            </Text>
            <Text size="sm" c="dimmed">
              {t('exchange:extract.given')}{' '}
              <Anchor component="button" type="button" size="sm" onClick={() => setWay('extract')}>
                {t('exchange:extract.open')}
              </Anchor>
            </Text>
            <Text size="sm" c="dimmed">
              {t('start:gone')}{' '}
              <Anchor component="button" type="button" size="sm" onClick={() => setWay('recover')}>
                {t('start:recover.link')}
              </Anchor>
            </Text>
          </Stack>
        )}
      </main>
    </div>
  );
}

function Ways({ onChoose }: { readonly onChoose: (way: 'hq' | 'site') => void }) {
  const { t } = useTranslation();
  const vault = useVault();
  const [loading, setLoading] = useState(false);

  async function showSample(): Promise<void> {
    setLoading(true);
    useStarting.setState({ busy: true });
    const { loadSample } = await import('../sample');
    const result = await loadSample(vault, currentLocale());
    setLoading(false);
    startingDone();
    if (!result.ok) showRefusal(result.refusal);
  }

  return (
    <Stack gap="sm">
      {ways.map((way) => (
        <UnstyledButton
          key={way.name}
          className={classes.way}
          disabled={loading || !vault.isWriter()}
          onClick={() => (way.name === 'sample' ? void showSample() : onChoose(way.name))}
        >
          <way.icon className={classes.icon} size={34} stroke={1.5} aria-hidden />
          <span className={classes.words}>
            <span className={classes.name}>{t(`start:${way.name}.title`)}</span>
            <span className={classes.text}>{t(`start:${way.name}.text`)}</span>
          </span>
          {loading && way.name === 'sample' ? (
            <Loader size="sm" aria-label={t('start:sample.loading')} />
          ) : (
            <IconChevronRight className={classes.arrow} size={20} aria-hidden />
          )}
        </UnstyledButton>
      ))}
    </Stack>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const host = useHost();
  const locale = useLocale();
  return (
    <SegmentedControl
      size="sm"
      aria-label={t('ui:language')}
      value={locale}
      data={locales.map((each) => ({ value: each, label: localeNames[each] }))}
      onChange={(next) => {
        const chosen = locales.find((each) => each === next);
        if (chosen) void chooseLocale(host, chosen);
      }}
    />
  );
}
