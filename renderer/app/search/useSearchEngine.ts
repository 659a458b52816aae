/** One search over the open vault, prepared while nobody types. */
import { useEffect } from 'react';
import { kindOf } from '../../../shared/kinds/registry';
import type { Projection } from '../../../shared/projection/projection';
import { createSearch, type Search } from '../../../shared/search/search';
import { useVault } from '../vaultContext';

/** Idle time in milliseconds that one slice of preparation needs. */
const SLICE_MS = 4;

/** The vault stays open as long as the window, and so does its search. */
const engines = new WeakMap<Projection, Search>();

function engineOf(projection: Projection): Search {
  const known = engines.get(projection);
  if (known) return known;
  const made = createSearch(projection, kindOf);
  engines.set(projection, made);
  return made;
}

export function useSearchEngine(): Search {
  const { projection } = useVault();
  return engineOf(projection);
}

/** Prepares the search at idle, now and after every change. Used once, by the palette. */
export function useWarmSearch(): void {
  const { projection } = useVault();
  useEffect(() => {
    const search = engineOf(projection);
    let handle = requestIdleCallback(step);
    function step(deadline: IdleDeadline): void {
      let done = false;
      while (!done && deadline.timeRemaining() > SLICE_MS) done = search.warm();
      if (!done) handle = requestIdleCallback(step);
    }
    const unsubscribe = projection.subscribe(() => {
      cancelIdleCallback(handle);
      handle = requestIdleCallback(step);
    });
    return () => {
      unsubscribe();
      cancelIdleCallback(handle);
    };
  }, [projection]);
}
