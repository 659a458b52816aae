/**
 * Where the person is, kept in the hash: `#/new/planStep?plan=abc`. The query stays inside the hash,
 * because the query of the page itself chooses the vault.
 */
import { useSyncExternalStore } from 'react';
import type { BaseLocationHook, BaseSearchHook } from 'wouter';

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  addEventListener('popstate', listener);
  return () => {
    removeEventListener('hashchange', listener);
    removeEventListener('popstate', listener);
  };
}

function split(): { path: string; search: string } {
  const [path = '', search = ''] = location.hash.replace(/^#?\/?/, '').split('?', 2);
  return { path: `/${path}`, search };
}

const currentPath = () => split().path;
const currentSearch = () => split().search;

export function navigate(
  to: string,
  { replace = false, state = null }: { replace?: boolean; state?: unknown } = {},
): void {
  const oldURL = location.href;
  history[replace ? 'replaceState' : 'pushState'](state, '', `#${to}`);
  dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }));
}

export const useAppLocation: BaseLocationHook = Object.assign(
  (): [string, typeof navigate] => [useSyncExternalStore(subscribe, currentPath), navigate],
  { hrefs: (href: string) => `#${href}` },
);

export const useAppSearch: BaseSearchHook = () => useSyncExternalStore(subscribe, currentSearch);

/** The address of a screen for an ordinary anchor. */
export const href = (path: string): string => `#${path}`;
