import type { ReactNode } from 'react';
import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import own from './RespondPlace.module.css';

interface NoRunProps {
  readonly text?: string;
  readonly children?: ReactNode;
}

/** In place of a run that is not here, or has not begun. */
export function NoRun({ text, children }: NoRunProps) {
  const { t } = useTranslation();
  return (
    <div className={own.nothing}>
      <h2>{text ?? t('respond:run.missing')}</h2>
      {!text && <p>{t('respond:run.missingText')}</p>}
      <p>{children}</p>
      <Anchor href={href(paths.respond)}>{t('respond:place.title')}</Anchor>
    </div>
  );
}
