/** While the vault is read into memory. */
import { Loader, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Logo } from './Logo';
import classes from './Screens.module.css';

interface LoadingScreenProps {
  readonly done: number;
  /** 0 while it is not known yet. */
  readonly total: number;
}

export function LoadingScreen({ done, total }: LoadingScreenProps) {
  const { t } = useTranslation();
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 0;
  return (
    <main className={classes.centre} aria-busy="true">
      <Stack align="center" gap="md" w={320}>
        <Logo size={40} />
        <Text role="status" c="dimmed">
          {t('ui:opening')}
        </Text>
        {total > 0 ? (
          <Progress value={share} w="100%" aria-label={t('ui:opening')} />
        ) : (
          <Loader size="sm" type="dots" aria-hidden />
        )}
      </Stack>
    </main>
  );
}
