/** Nothing to decide: said in words, so that an empty screen is no riddle. */
import { Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import classes from './review.module.css';

export const Empty = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <div className={classes.empty}>
    <IconCircleCheck size={34} stroke={1.4} aria-hidden />
    <Text fw={600}>{title}</Text>
    <Text size="sm" c="dimmed" maw={460}>
      {text}
    </Text>
  </div>
);
