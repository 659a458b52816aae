/** Six words to read out, each with its number for whoever would rather not spell English. */
import type { SpokenCode } from '../../../../shared/trust/words';
import classes from './devices.module.css';

interface SpokenWordsProps {
  readonly code: SpokenCode | undefined;
  readonly label: string;
  readonly large?: boolean;
  /** Three to a line, for narrow places. */
  readonly compact?: boolean;
}

export function SpokenWords({ code, label, large = false, compact = false }: SpokenWordsProps) {
  return (
    <ol
      className={classes.words}
      data-large={large || undefined}
      data-compact={compact || undefined}
      aria-label={label}
    >
      {code?.words.map((word, i) => (
        <li key={`${i} ${word}`}>
          <span className={classes.wordNumber}>{code.numbers[i]}</span>
          <span className={classes.word} lang="en">
            {word}
          </span>
        </li>
      ))}
    </ol>
  );
}
