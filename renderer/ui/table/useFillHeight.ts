import { useCallback, useEffect, useLayoutEffect, useState, type RefObject } from 'react';

const MARGIN = 18;
const LEAST = 260;

/** Height that reaches from the element's top to the bottom of the window. */
export function useFillHeight(ref: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(LEAST);
  const measure = useCallback(() => {
    const top = ref.current?.getBoundingClientRect().top ?? 0;
    setHeight(Math.max(LEAST, Math.floor(window.innerHeight - top - MARGIN)));
  }, [ref]);
  // After every render, because whatever stands above may have come or gone with it.
  useLayoutEffect(measure);
  useEffect(() => {
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [measure]);
  return height;
}
