/** What every screen stands in: theme, nonce, dates in the person's language, toasts, dialogues. */
import type { ReactNode } from 'react';
import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import 'dayjs/locale/zh-cn';
import { useTranslation } from 'react-i18next';
import { useLocale } from './locale';
import { styleNonce } from './styleNonce';
import { cssVariables, theme } from './theme';
import classes from './Providers.module.css';

export function Providers({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(styleNonce ? { getStyleNonce: () => styleNonce } : {})}
    >
      <DatesProvider
        settings={{
          locale: locale === 'zh-CN' ? 'zh-cn' : 'en',
          firstDayOfWeek: 1,
        }}
      >
        <ModalsProvider
          labels={{ confirm: t('ui:ok'), cancel: t('ui:cancel') }}
          modalProps={{ closeButtonProps: { 'aria-label': t('ui:close') } }}
        >
          <Notifications position="bottom-right" limit={4} className={classes.toasts ?? ''} />
          {children}
        </ModalsProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
