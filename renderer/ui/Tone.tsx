/** A small badge whose colour says how things stand. The text says it too, never colour alone. */
import type { ReactNode } from 'react';
import type { Tone as ToneName } from '../../shared/kinds/define';
import classes from './Tone.module.css';

interface ToneProps {
  readonly tone: ToneName;
  readonly children: ReactNode;
}

export function Tone({ tone, children }: ToneProps) {
  return (
    <span className={classes.tone} data-tone={tone}>
      {children}
    </span>
  );
}
