/** The real application over a real vault, mounted in the test page. */
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '../../../renderer/app/global.css';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { page } from 'vitest/browser';
import { App } from '../../../renderer/app/App';
import { startI18n, switchLocale } from '../../../renderer/app/i18n';
import { Providers } from '../../../renderer/app/Providers';
import { usePalette } from '../../../renderer/app/search/paletteStore';
import { startingDone } from '../../../renderer/app/start/starting';
import { HostContext, HostInfoContext } from '../../../renderer/app/vaultContext';
import { createBrowserHost } from '../../../renderer/host/browserHost';
import type { Vault } from '../../../renderer/store/vault';
import type { Host, Locale } from '../../../shared/host';

let root: Root | undefined;
let element: HTMLElement | undefined;

interface MountOptions {
  readonly locale?: Locale;
  readonly path?: string;
  /** Stands for the dialogues of the browser, which a test cannot answer. */
  readonly host?: Partial<Host>;
}

export async function mount(
  content: ReactNode,
  { locale = 'en', path = '/', host: given }: MountOptions = {},
): Promise<void> {
  unmount();
  localStorage.clear();
  await page.viewport(1280, 800);
  if (i18next.isInitialized) await switchLocale(locale);
  else await startI18n(locale);
  history.replaceState(null, '', `#${path}`);
  const host = { ...createBrowserHost(), ...given };
  const info = await host.info();
  element = document.createElement('div');
  element.id = 'root';
  document.body.append(element);
  root = createRoot(element);
  root.render(
    <HostContext value={host}>
      <HostInfoContext value={info}>
        <Providers>{content}</Providers>
      </HostInfoContext>
    </HostContext>,
  );
}

export const mountApp = (vault: Vault, options: MountOptions = {}): Promise<void> =>
  mount(<App vault={vault} />, options);

export function unmount(): void {
  root?.unmount();
  element?.remove();
  root = undefined;
  element = undefined;
  notifications.clean();
  startingDone();
  usePalette.setState({ opened: false, recent: [] });
}
