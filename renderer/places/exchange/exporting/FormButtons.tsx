import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogFoot } from '../../../ui/DialogFoot';

interface FormButtonsProps {
  readonly onCancel: () => void;
  readonly disabled?: boolean;
}

export function FormButtons({ onCancel, disabled = false }: FormButtonsProps) {
  const { t } = useTranslation();
  return (
    <DialogFoot>
      <Button variant="default" size="sm" onClick={onCancel}>
        {t('exchange:cancel')}
      </Button>
      <Button type="submit" size="sm" disabled={disabled}>
        {t('exchange:out.write')}
      </Button>
    </DialogFoot>
  );
}
