/** A text against the one before it: what came is underlined, what went is struck through. */
import { useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortened, textDiff } from '../../../shared/review/textDiff';
import classes from './conflict.module.css';

interface TextDiffProps {
  readonly before: string;
  readonly after: string;
}

export function TextDiff({ before, after }: TextDiffProps) {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  const [whole, setWhole] = useState(false);
  const runs = useMemo(() => textDiff(before, after, locale), [before, after, locale]);
  const short = useMemo(() => runs && shortened(runs), [runs]);
  if (!runs || !short) return <div className={classes.text}>{after}</div>;
  const shown = whole ? runs : short;
  return (
    <>
      {/* A long text scrolls, by keyboard too. */}
      <div className={classes.text} tabIndex={0}>
        {shown.map(({ text, is }, i) => {
          // Runs have no identity but their place.
          const key = `${i}`;
          if (is === 'added') return <ins key={key}>{text}</ins>;
          if (is === 'removed') return <del key={key}>{text}</del>;
          return <span key={key}>{text}</span>;
        })}
      </div>
      {short !== runs && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {t(whole ? 'review:onlyChanges' : 'review:wholeText')}
        </Button>
      )}
    </>
  );
}
