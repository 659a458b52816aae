import { Button, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** An address without a record: it may still be on its way from another laptop. */
export function MissingRecord({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <Stack align="center" gap="sm" py={80}>
      <Title order={2} size="h4">
        {t('record:missingTitle')}
      </Title>
      <Text size="sm" c="dimmed" maw={460} ta="center">
        {t('record:missingText', { id })}
      </Text>
      <Button size="xs" variant="default" onClick={() => history.back()}>
        {t('record:back')}
      </Button>
    </Stack>
  );
}
