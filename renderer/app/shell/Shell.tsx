/** Top bar, left bar and the screen between them. */
import { useEffect, useRef } from 'react';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Projection } from '../../../shared/projection/projection';
import { DropLayer } from '../drop/DropLayer';
import { printScreen } from '../notices';
import { paths } from '../paths';
import { placeOfPath } from '../places';
import { Routes } from '../routes';
import { Palette } from '../search/Palette';
import { usePalette } from '../search/paletteStore';
import { undoAndTell } from '../useCommit';
import { useHeldRetry } from '../../places/exchange/attention/useHeldRetry';
import { useHost, useVault } from '../vaultContext';
import { LeftBar } from './LeftBar';
import { VaultBanner } from './VaultBanner';
import { TrustBanner } from './TrustBanner';
import { runningRun } from './running';
import { TopBar } from './TopBar';
import classes from './Shell.module.css';

export function Shell() {
  const { t } = useTranslation();
  const vault = useVault();
  const [path] = useLocation();
  const main = useRef<HTMLElement>(null);
  const openPalette = usePalette((state) => state.open);
  const run = runningRun(vault.projection);
  useMenuCommands();
  useHeldRetry();
  useHotkeys([['mod+Z', () => void undoAndTell(vault)]]);
  useHotkeys([['mod+K', openPalette]], [], true);

  useEffect(() => {
    main.current?.scrollTo(0, 0);
    const name = screenName(path, vault.projection);
    // Never the record's: a window title may be seen or logged elsewhere.
    document.title = name ? `${t(name)} · ${t('ui:product')}` : t('ui:product');
  }, [path, t, vault]);

  return (
    <div className={classes.shell} data-run={run?.mode}>
      <a className={classes.skip} href="#main" onClick={(event) => skipTo(event, main.current)}>
        {t('ui:skip')}
      </a>
      <TopBar />
      <LeftBar />
      <div className={classes.middle}>
        <VaultBanner />
        <TrustBanner path={path} />
        <main ref={main} id="main" tabIndex={-1} className={classes.main}>
          <Routes />
        </main>
        {run?.mode === 'drill' && <DrillMark path={path} />}
      </div>
      <Palette />
      <DropLayer path={path} />
    </div>
  );
}

/**
 * While a drill runs every screen and print says so. The run marks its own screen; a report and
 * the run of an earlier real invocation are marked by what they are, not by what runs now.
 */
function DrillMark({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  if (path.startsWith(paths.report(''))) return null;
  const shown = /^\/(?:respond\/run|record)\/([^/]+)$/.exec(path)?.[1];
  if (shown && projection.get(decodeURIComponent(shown))?.values.mode === 'real') return null;
  return (
    <div
      className={classes.mark}
      data-paper={path.startsWith(paths.run('')) || undefined}
      aria-hidden
    >
      {t('ui:run.drill')}
    </div>
  );
}

/** Key of what the window's title calls the screen. */
function screenName(path: string, projection: Projection): string | undefined {
  if (path === paths.settings) return 'ui:settings';
  if (path === paths.importSheet) return 'ui:importSheet';
  const place = placeOfPath(path, projection);
  return place && `ui:places.${place}`;
}

// The hash holds the address of the screen, so a plain fragment link would leave it.
function skipTo(event: React.MouseEvent, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}

/** What the person chose in the native menu. */
function useMenuCommands(): void {
  const host = useHost();
  const vault = useVault();
  const [, navigate] = useLocation();
  const openPalette = usePalette((state) => state.open);
  useEffect(
    () =>
      host.onCommand((command) => {
        switch (command) {
          case 'search':
            return openPalette();
          case 'undo':
            return void undoAndTell(vault);
          case 'print':
            return void printScreen(host);
          case 'settings':
            return navigate(paths.settings);
          case 'import':
            return navigate(paths.importSheet);
          case 'exchange':
            return navigate(paths.exchange);
        }
      }),
    [host, vault, navigate, openPalette],
  );
}
