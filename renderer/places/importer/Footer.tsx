/** The line of buttons under a step: back on the left, onward on the right. */
import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './Importer.module.css';

interface FooterProps {
  readonly onBack: () => void;
  readonly backLabel?: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

export function Footer({ onBack, backLabel, disabled = false, children }: FooterProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.footer}>
      <Button variant="default" size="sm" onClick={onBack} disabled={disabled}>
        {backLabel ?? t('import:back')}
      </Button>
      <span className={classes.grow} />
      {children}
    </div>
  );
}
