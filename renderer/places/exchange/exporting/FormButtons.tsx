import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface FormButtonsProps {
  readonly onCancel: () => void;
  readonly disabled?: boolean;
}

export function FormButtons({ onCancel, disabled = false }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant="default" size="sm" onClick={onCancel}>
        {t('exchange:cancel')}
      </Button>
      <Button type="submit" size="sm" disabled={disabled}>
        {t('exchange:out.write')}
      </Button>
    </Group>
  );
}
