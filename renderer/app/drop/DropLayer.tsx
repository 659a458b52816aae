/**
 * Files reach the program anywhere on its window: dropped, pasted on the exchange place, or opened
 * from the file manager. Whoever handles a drop itself (a drop zone, attachments) prevents its
 * default or stops it, and keeps it.
 */
import { useEffect, useState } from 'react';
import { IconFileImport, IconFileSpreadsheet, IconFiles, IconForbid } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FileRead } from '../../../shared/host';
import { showRefusal } from '../notices';
import { paths } from '../paths';
import { useHost, useVault } from '../vaultContext';
import { filesOf } from './dropped';
import classes from './DropLayer.module.css';
import { pathsIn } from './pastedText';
import { receiveFiles } from './receive';
import { hintOf, type Hint } from './sortFiles';

const ICONS = {
  exchange: IconFileImport,
  several: IconFiles,
  sheet: IconFileSpreadsheet,
  nowhere: IconForbid,
  readOnly: IconForbid,
} as const;

export function DropLayer({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const hint = useDrop();
  usePaste(path.startsWith(paths.exchange));
  useOpenedFiles();
  if (!hint) return null;
  const Icon = ICONS[hint];
  return (
    <div className={classes.veil} data-hint={hint}>
      <div className={classes.card} role="status">
        <Icon size={36} stroke={1.4} aria-hidden />
        <strong>{t(`drop:${hint}.title`)}</strong>
        <span>{t(`drop:${hint}.text`)}</span>
      </div>
    </div>
  );
}

/** A dialogue is a task of its own; files dropped beside it must not start another. */
const inDialogue = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;

const withFiles = (event: DragEvent): DataTransfer | undefined =>
  event.dataTransfer?.types.includes('Files') ? event.dataTransfer : undefined;

function useDrop(): Hint | 'readOnly' | undefined {
  const vault = useVault();
  const [hint, setHint] = useState<Hint | 'readOnly'>();
  useEffect(() => {
    /** Whether the event before came through to here: what claims it never lets it. */
    let came = false;
    const end = () => {
      came = false;
      setHint(undefined);
    };
    const before = (event: DragEvent) => {
      if (!withFiles(event)) return;
      if (!came) setHint(undefined);
      came = false;
    };
    const over = (event: DragEvent) => {
      const transfer = withFiles(event);
      if (!transfer || event.defaultPrevented) return;
      // Left alone, the browser would leave the program and show the file.
      event.preventDefault();
      if (inDialogue()) {
        transfer.dropEffect = 'none';
        return;
      }
      came = true;
      const types = [...transfer.items].map((item) => item.type);
      const found = vault.isWriter() ? hintOf(types) : 'readOnly';
      transfer.dropEffect = found === 'readOnly' || found === 'nowhere' ? 'none' : 'copy';
      setHint(found);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) end();
    };
    const drop = (event: DragEvent) => {
      const transfer = withFiles(event);
      end();
      if (!transfer || event.defaultPrevented) return;
      event.preventDefault();
      if (inDialogue() || !vault.isWriter()) return;
      void filesOf(transfer)().then((files) => receiveFiles(vault, files));
    };
    // Seen on the way down even when somebody stops it on the way up.
    const always = () => end();
    addEventListener('dragover', before, { capture: true });
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', always, { capture: true });
    addEventListener('dragend', end);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', before, { capture: true });
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', always, { capture: true });
      removeEventListener('dragend', end);
      removeEventListener('drop', drop);
    };
  }, [vault]);
  return hint;
}

/** Ctrl V on the exchange place: files copied in a file manager, or the path of one. */
function usePaste(enabled: boolean): void {
  const vault = useVault();
  const host = useHost();
  useEffect(() => {
    if (!enabled) return undefined;
    const paste = (event: ClipboardEvent) => {
      const data = event.clipboardData;
      if (!data || event.defaultPrevented || isEditable(event.target)) return;
      if (inDialogue() || !vault.isWriter()) return;
      const read = data.files.length
        ? filesOf(data)
        : () => readPaths(host.readPath, pathsIn(data.getData('text/plain')));
      void read().then((files) => receiveFiles(vault, files));
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [enabled, host, vault]);
}

/** One path that leads nowhere is told at once; among several it stands in their report. */
async function readPaths(
  read: ReturnType<typeof useHost>['readPath'],
  lines: readonly string[],
): Promise<readonly FileRead[]> {
  const files: FileRead[] = [];
  for (const line of lines) {
    const file = await read(line);
    if (file.ok) files.push({ name: file.value.name, read: { ok: true, value: file.value.bytes } });
    else if (lines.length === 1) showRefusal(file.refusal);
    else files.push({ name: line, read: file });
  }
  return files;
}

const isEditable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select'));

function useOpenedFiles(): void {
  const vault = useVault();
  const host = useHost();
  useEffect(() => host.onOpenFiles((files) => void receiveFiles(vault, files)), [host, vault]);
}
