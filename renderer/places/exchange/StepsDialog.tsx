/** A dialogue that goes through steps: each time it opens it begins anew, and a click beside it loses nothing. */
import type { ReactNode } from 'react';
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeepFocus } from '../../ui/KeepFocus';

interface StepsDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** Width: pixels, or a name of the library. */
  readonly size: number | 'lg';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function StepsDialog({ opened, title, size, onClose, children }: StepsDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('exchange:close') }}
    >
      <KeepFocus>{opened && children}</KeepFocus>
    </Modal>
  );
}
