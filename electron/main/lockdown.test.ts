import type { Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { lockContents, lockSession } from './lockdown';

/** Keeps the handlers it is given, so that a test can ask them. */
function fakeSession() {
  const kept: {
    request?: Parameters<Session['setPermissionRequestHandler']>[0];
    check?: Parameters<Session['setPermissionCheckHandler']>[0];
    device?: Parameters<Session['setDevicePermissionHandler']>[0];
    download?: (event: { preventDefault(): void }) => void;
    before?: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
  } = {};
  const session = {
    setPermissionRequestHandler: (handler) => void (kept.request = handler),
    setPermissionCheckHandler: (handler) => void (kept.check = handler),
    setDevicePermissionHandler: (handler) => void (kept.device = handler),
    on: (_event: 'will-download', listener: NonNullable<typeof kept.download>) =>
      void (kept.download = listener),
    webRequest: {
      onBeforeRequest: (...args: readonly unknown[]) => {
        kept.before = args.at(-1) as NonNullable<typeof kept.before>;
      },
    },
  } satisfies Parameters<typeof lockSession>[0];
  return { session, kept };
}

test('every permission is refused, asked for or looked up', () => {
  const { session, kept } = fakeSession();
  lockSession(session, undefined);
  const contents = {} as WebContents;
  for (const permission of ['media', 'notifications', 'geolocation', 'fileSystem'] as const) {
    const answers: boolean[] = [];
    const details = { isMainFrame: true, requestingUrl: 'app://holdfast/' };
    kept.request?.(contents, permission, (granted) => answers.push(granted), details);
    expect(answers).toEqual([false]);
  }
  const details = { isMainFrame: true, securityOrigin: 'app://holdfast' };
  expect(kept.check?.(contents, 'media', 'app://holdfast', details)).toBe(false);
});

test('requests to anything but the program are cancelled', () => {
  const { session, kept } = fakeSession();
  lockSession(session, undefined);
  const cancelled = (url: string) => {
    let cancel: boolean | undefined;
    kept.before?.({ url }, (response) => (cancel = response.cancel));
    return cancel;
  };
  expect(cancelled('app://holdfast/index.html')).toBe(false);
  expect(cancelled('https://example.com/')).toBe(true);
  expect(cancelled('http://localhost:5173/')).toBe(true);
  expect(cancelled('file:///etc/passwd')).toBe(true);
});

test('a page cannot start a download', () => {
  const { session, kept } = fakeSession();
  lockSession(session, undefined);
  let prevented = false;
  kept.download?.({ preventDefault: () => (prevented = true) });
  expect(prevented).toBe(true);
});

test('no window opens and no page leads elsewhere', () => {
  const listeners = new Map<string, (event: { url: string; preventDefault(): void }) => void>();
  let open: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined;
  const contents = {
    on: (name: string, listener: never) => {
      listeners.set(name, listener);
      return contents;
    },
    setWindowOpenHandler: (handler: typeof open) => void (open = handler),
  } as unknown as Pick<WebContents, 'on' | 'setWindowOpenHandler'>;
  lockContents(contents, undefined);

  const stopped = (name: string, url: string) => {
    let prevented = false;
    listeners.get(name)?.({ url, preventDefault: () => (prevented = true) });
    return prevented;
  };
  expect(open?.({ url: 'https://example.com/' } as never)).toEqual({ action: 'deny' });
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
    expect(stopped(name, 'https://example.com/'), name).toBe(true);
    expect(stopped(name, 'app://holdfast/index.html'), name).toBe(false);
  }
  expect(stopped('will-attach-webview', '')).toBe(true);
});
