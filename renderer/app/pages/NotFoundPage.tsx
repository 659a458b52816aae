import { Button, EmptyState, Group } from '@mantine/core';
import { IconCompassOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { href } from '../hashLocation';
import { paths } from '../paths';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      mt={80}
      icon={<IconCompassOff aria-hidden />}
      title={t('ui:notFound.title')}
      description={t('ui:notFound.text')}
    >
      <EmptyState.Actions>
        <Group gap="sm">
          <Button variant="default" onClick={() => history.back()}>
            {t('ui:back')}
          </Button>
          <Button component="a" href={href(paths.start)}>
            {t('ui:toStart')}
          </Button>
        </Group>
      </EmptyState.Actions>
    </EmptyState>
  );
}
