/** Files a person has chosen or pasted, on their way to the dialogue that attaches them. */
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showRefusal } from '../app/useCommit';
import { useHost } from '../app/vaultContext';
import { pastedFiles } from './pasted';
import type { PickedFile } from './pickedFiles';

export interface PickedFiles {
  /** Undefined: nothing is being attached. */
  readonly picked: readonly PickedFile[] | undefined;
  add(files: readonly PickedFile[]): void;
  /** Lets the person choose files. */
  choose(): Promise<void>;
  clear(): void;
}

export function usePickedFiles(mayAdd: boolean): PickedFiles {
  const { t } = useTranslation();
  const host = useHost();
  const [picked, setPicked] = useState<readonly PickedFile[]>();

  const add = (files: readonly PickedFile[]) => {
    if (mayAdd && files.length > 0) setPicked(files);
  };

  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    const files = pastedFiles(event, t('attachments:pastedName'));
    if (!mayAdd || files.length === 0) return;
    event.preventDefault();
    add(files);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => onPaste(event);
    window.addEventListener('paste', listen);
    return () => window.removeEventListener('paste', listen);
  }, []);

  return {
    picked,
    add,
    async choose() {
      const opened = await host.openFiles({ filters: [], multiple: true });
      if (!opened.ok) {
        showRefusal(opened.refusal);
        return;
      }
      add(
        opened.value.map(({ name, bytes }) => ({
          name,
          blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
        })),
      );
    },
    clear: () => setPicked(undefined),
  };
}
