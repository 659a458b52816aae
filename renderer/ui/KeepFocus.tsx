/** For dialogues whose steps take each other's place. */
import { useEffect, useRef, type ReactNode } from 'react';
import classes from './KeepFocus.module.css';

/**
 * The focus goes along to the next step, to what is marked `data-autofocus` there: it would be lost
 * with the button that was pressed, and with it the way of whoever uses keys or a screen reader.
 */
export function KeepFocus({ children }: { readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new MutationObserver(() => {
      // On the box itself it is while a step has nothing to press, as when a file is read.
      const { activeElement } = document;
      if (activeElement !== document.body && activeElement !== element) return;
      const next = element.querySelector<HTMLElement>('[data-autofocus]') ?? element;
      next.focus({ preventScroll: true });
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} tabIndex={-1} className={classes.box}>
      {children}
    </div>
  );
}
