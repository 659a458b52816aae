/**
 * The vault could not be opened. Both languages at once: whoever stands at the machine may not be
 * the one who chose the language, and no menu works yet.
 */
import { Alert, Button, Divider, List, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import i18next from 'i18next';
import type { Refusal } from '../../shared/result';
import { locales } from './i18n';
import { currentLocale } from './locale';
import { Logo } from './Logo';
import classes from './Screens.module.css';

const steps = ['closeOthers', 'freeSpace', 'reload', 'keep'] as const;

export function FailureScreen({ refusal }: { readonly refusal: Refusal }) {
  const own = currentLocale();
  const ordered = [own, ...locales.filter((locale) => locale !== own)];
  return (
    <main className={classes.centre}>
      <Stack gap="lg" maw={620}>
        <Logo size={36} />
        {ordered.map((locale) => {
          const t = i18next.getFixedT(locale);
          return (
            <section key={locale} lang={locale}>
              <Stack gap="xs">
                <Title order={1} size="h3">
                  {t('ui:failure.title')}
                </Title>
                <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
                  {t([`errors:${refusal.code}`, 'ui:refused.unknown'], {
                    ...refusal.params,
                    code: refusal.code,
                  })}
                </Alert>
                <Text size="sm">{t('ui:failure.untouched')}</Text>
                <List size="sm" type="ordered">
                  {steps.map((step) => (
                    <List.Item key={step}>{t(`ui:failure.steps.${step}`)}</List.Item>
                  ))}
                </List>
              </Stack>
              {locale === own && <Divider mt="lg" />}
            </section>
          );
        })}
        <Button onClick={() => location.reload()} className={classes.start ?? ''}>
          {ordered.map((locale) => i18next.getFixedT(locale)('ui:failure.again')).join(' · ')}
        </Button>
      </Stack>
    </main>
  );
}
