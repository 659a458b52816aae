/** Toasts: what was refused and why, what was done and how to take it back. */
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import type { Host } from '../../shared/host';
import type { Refusal } from '../../shared/result';

/** One at a time: an older "Undo" would take back something else than it says. */
const DONE = 'done';
const DONE_MS = 8000;
const REFUSED_MS = 12_000;

/** The sentence of a refusal in the person's language. */
export function refusalText(refusal: Refusal): string {
  return i18next.t([`errors:${refusal.code}`, 'ui:refused.unknown'], {
    ...refusal.params,
    code: refusal.code,
  });
}

export function showRefusal(refusal: Refusal): void {
  notifications.show({
    color: 'red',
    title: i18next.t('ui:refused.title'),
    message: refusalText(refusal),
    autoClose: REFUSED_MS,
    role: 'alert',
    closeButtonProps: { 'aria-label': i18next.t('ui:close') },
  });
}

/** Says what was done; with `undo`, offers to take it back. */
export function showDone(text: string, undo?: () => void): void {
  hideDone();
  const takeBack = () => {
    hideDone();
    undo?.();
  };
  notifications.show({
    id: DONE,
    color: 'green',
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{text}</Text>
        {undo && (
          <Button size="compact-sm" variant="light" onClick={takeBack}>
            {i18next.t('ui:undo.button')}
          </Button>
        )}
      </Group>
    ),
    autoClose: DONE_MS,
    closeButtonProps: { 'aria-label': i18next.t('ui:close') },
  });
}

/** Says what has happened by itself; stays until it is closed. */
export function showTold(text: string): void {
  notifications.show({
    message: text,
    autoClose: false,
    role: 'status',
    closeButtonProps: { 'aria-label': i18next.t('ui:close') },
  });
}

export function hideDone(): void {
  notifications.hide(DONE);
}

/** Opens the print dialogue for the screen as it is. */
export async function printScreen(host: Pick<Host, 'print'>): Promise<void> {
  const result = await host.print();
  if (!result.ok) showRefusal(result.refusal);
}
