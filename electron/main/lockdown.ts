/** Shuts every way out of the page: network, permissions, other windows, other addresses. */
import type { Session, WebContents } from 'electron';
import { isOwnPage, isOwnRequest } from './ownAddress';

type LockableSession = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
> & {
  readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'>;
  on(event: 'will-download', listener: (event: { preventDefault(): void }) => void): unknown;
};

export function lockSession(session: LockableSession, dev: string | undefined): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !isOwnRequest(url, dev) }),
  );
  // Files leave through the save dialogue of the host contract only.
  session.on('will-download', (event) => event.preventDefault());
}

export function lockContents(
  contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>,
  dev: string | undefined,
): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url, dev)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url, dev)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url, dev)) event.preventDefault();
  });
}
