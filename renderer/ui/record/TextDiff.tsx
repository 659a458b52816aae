/** A text against the one before it: what came is underlined, what went is struck through. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { textDiff } from '../../../shared/review/textDiff';
import classes from './conflict.module.css';

interface TextDiffProps {
  readonly before: string;
  readonly after: string;
}

export function TextDiff({ before, after }: TextDiffProps) {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  const runs = useMemo(() => textDiff(before, after, locale), [before, after, locale]);
  if (!runs) return <div className={classes.text}>{after}</div>;
  return (
    <div className={classes.text}>
      {runs.map(({ text, is }, i) => {
        // Runs have no identity but their place.
        const key = `${i}`;
        if (is === 'added') return <ins key={key}>{text}</ins>;
        if (is === 'removed') return <del key={key}>{text}</del>;
        return <span key={key}>{text}</span>;
      })}
    </div>
  );
}
