/** Keys of a review screen: they work wherever the focus is, except where somebody types or chooses. */
import { useWindowEvent } from '@mantine/hooks';

const TYPED = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]';

/** `keys` by the key's name in lower case; one that answers false did nothing. */
export function useReviewKeys(keys: (key: string) => (() => void) | undefined): void {
  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    // Radio buttons and ticks take no letters, only arrows.
    const choosing = target instanceof HTMLInputElement && /radio|checkbox/.test(target.type);
    if (!choosing && target?.closest(TYPED)) return;
    if (choosing && event.key.startsWith('Arrow')) return;
    if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
    const act = keys(event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    act();
  });
}
