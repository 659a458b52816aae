import type { ReactNode } from 'react';
import { Group } from '@mantine/core';
import classes from './DialogFoot.module.css';

interface DialogFootProps {
  readonly children: ReactNode;
  readonly justify?: 'flex-end' | 'space-between';
}

/** What a dialogue can be left with: in sight even where the dialogue is taller than the window. */
export function DialogFoot({ children, justify = 'flex-end' }: DialogFootProps) {
  return (
    <Group className={classes.foot ?? ''} justify={justify} wrap="nowrap">
      {children}
    </Group>
  );
}
