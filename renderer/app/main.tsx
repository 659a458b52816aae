import './jitless';
import '@fontsource-variable/inter';
// In a layer of their own: the program's style sheets win over them in whichever order a build links
// the files.
import '@mantine/core/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createHost } from '../host/createHost';
import { openVault } from '../store/openVault';
import { App } from './App';
import { FailureScreen } from './FailureScreen';
import { startI18n } from './i18n';
import { LoadingScreen } from './LoadingScreen';
import { chosenLocale } from './locale';
import { printInLight } from './printLight';
import { Providers } from './Providers';
import { askToKeep } from './storage';
import { HostContext, HostInfoContext } from './vaultContext';

async function start(element: HTMLElement): Promise<void> {
  const host = await createHost();
  const info = await host.info();
  const locale = chosenLocale() ?? info.locale;
  await startI18n(locale);
  await host.setLocale(locale);

  printInLight();

  const root = createRoot(element);
  const show = (screen: React.ReactNode) =>
    root.render(
      <StrictMode>
        <HostContext value={host}>
          <HostInfoContext value={info}>
            <Providers>{screen}</Providers>
          </HostInfoContext>
        </HostContext>
      </StrictMode>,
    );

  show(<LoadingScreen done={0} total={0} />);
  // Another database by name keeps a rehearsal, or a test, away from the real one.
  const name = new URLSearchParams(location.search).get('vault');
  // What is read later, from another window or after an extract was opened, has no screen of its own.
  let opening = true;
  const opened = await openVault({
    host,
    ...(name ? { name } : {}),
    onProgress: (done, total) => {
      if (opening) show(<LoadingScreen done={done} total={total} />);
    },
  });
  opening = false;
  if (!opened.ok) {
    show(<FailureScreen refusal={opened.refusal} />);
    return;
  }
  show(<App vault={opened.value} />);
  await askToKeep();
}

const element = document.querySelector<HTMLElement>('#root');
if (!element) throw new Error('the page has no #root');
void start(element);
