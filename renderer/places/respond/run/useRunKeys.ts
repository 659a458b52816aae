import { useHotkeys, type HotkeyItem } from '@mantine/hooks';

/** Keys of the run; silent while a dialogue or a menu is open, which has keys of its own. */
export function useRunKeys(items: readonly (readonly [string, () => void])[]): void {
  useHotkeys(
    items.map(([key, handler]): HotkeyItem => [
      key,
      (event) => {
        if (event.repeat) return;
        if (!document.querySelector('[aria-modal="true"], [role="menu"]')) handler();
      },
    ]),
  );
}
