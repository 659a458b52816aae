/** A screen failed. What was saved is safe; the other screens still work. */
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { href } from '../hashLocation';
import { paths } from '../paths';
import classes from './pages.module.css';

interface BrokenPageProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function BrokenPage({ error, onRetry }: BrokenPageProps) {
  const { t } = useTranslation();
  return (
    <Alert
      color="red"
      maw={720}
      mx="auto"
      mt={60}
      role="alert"
      icon={<IconBug aria-hidden />}
      title={t('ui:broken.title')}
    >
      <Stack gap="sm">
        <Text size="sm">{t('ui:broken.text')}</Text>
        <Code block className={classes.message ?? ''}>
          {error instanceof Error ? error.message : String(error)}
        </Code>
        <Group gap="sm">
          <Button onClick={onRetry}>{t('ui:broken.again')}</Button>
          <Button variant="default" onClick={() => history.back()}>
            {t('ui:back')}
          </Button>
          <Button variant="subtle" component="a" href={href(paths.respond)}>
            {t('ui:places.respond')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
