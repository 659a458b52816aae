/** What the clipboard holds in files, when a paste is meant for the record and not for a field. */
import { localMinute } from '../ui/times';
import type { PickedFile } from './pickedFiles';

/** `name`: what pictures without a name are called, before the time and the extension. */
export function pastedFiles(event: ClipboardEvent, name: string): readonly PickedFile[] {
  const files = [...(event.clipboardData?.files ?? [])];
  // A dialogue is open: what is behind it takes nothing.
  if (files.length === 0 || document.querySelector('[aria-modal="true"]')) return [];
  const { target } = event;
  // A cell of a spreadsheet is on the clipboard as text and as a picture; a field wants the text.
  const inField =
    target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
  if (inField && event.clipboardData?.types.includes('text/plain')) return [];
  const time = localMinute(Date.now()).replace(':', '.');
  return files.map((file) => ({
    blob: file,
    // Browsers call every picture from the clipboard the same.
    name: /^image\.png$/i.test(file.name) || !file.name ? `${name} ${time}.png` : file.name,
  }));
}
