import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';

const MARGIN = 18;
const LEAST = 260;

/**
 * Height that reaches from the element's top to the bottom of the window. `above` changes with what
 * stands above the element, which is then measured again.
 */
export function useFillHeight(ref: RefObject<HTMLElement | null>, above: unknown): number {
  const [height, setHeight] = useState(LEAST);
  const measure = useCallback(() => {
    const top = ref.current?.getBoundingClientRect().top ?? 0;
    setHeight(Math.max(LEAST, Math.floor(window.innerHeight - top - MARGIN)));
  }, [ref]);
  // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
  useLayoutEffect(measure, [measure, above]);
  useEffect(() => {
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [measure]);
  return height;
}
