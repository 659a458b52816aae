/** What the palette can do besides finding records. Found by their names in either language. */
import { useMemo } from 'react';
import { useMantineColorScheme } from '@mantine/core';
import {
  IconArrowBackUp,
  IconFileExport,
  IconFileImport,
  IconGavel,
  IconLanguage,
  IconMoon,
  IconPlus,
  IconPrinter,
  IconSettings,
  IconTableImport,
  IconUrgent,
  type Icon,
} from '@tabler/icons-react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { kinds } from '../../../shared/kinds/registry';
import { locales } from '../i18n';
import { chooseLocale, localeNames } from '../locale';
import { printScreen } from '../notices';
import { paths } from '../paths';
import { places } from '../places';
import { undoAndTell } from '../useCommit';
import { useHost, useVault } from '../vaultContext';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  /** Shown before anything is typed. */
  readonly first: boolean;
  /** Lower case, both languages. */
  readonly words: string;
  run(): void;
}

/** `key` and its parameters name the command in every language; `kind` stands for the kind's label. */
interface Spec {
  readonly id: string;
  readonly key: string;
  readonly kind?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly icon: Icon;
  readonly first?: boolean;
  run(): void;
}

function labelIn(spec: Spec, locale: string): string {
  const t = i18next.getFixedT(locale);
  return t(spec.key, {
    ...spec.params,
    ...(spec.kind ? { kind: t(`kinds:${spec.kind}.label`) } : {}),
  });
}

export function useCommands(): readonly Command[] {
  const { i18n } = useTranslation();
  const locale = i18n.language;
  const vault = useVault();
  const host = useHost();
  const [, navigate] = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(() => {
    const go = (path: string) => () => navigate(path);
    const specs: readonly Spec[] = [
      {
        id: 'declare',
        key: 'search:command.declare',
        icon: IconUrgent,
        first: true,
        run: go(paths.declare),
      },
      ...places.map((place) => ({
        id: `go ${place.name}`,
        key: `ui:places.${place.name}`,
        icon: place.icon,
        first: true,
        run: go(place.path),
      })),
      ...kinds
        .filter((kind) => kind.place && !kind.parent)
        .flatMap((kind) => [
          {
            id: `new ${kind.name}`,
            key: 'search:command.create',
            kind: kind.name,
            icon: IconPlus,
            run: go(paths.create(kind.name)),
          },
          {
            id: `list ${kind.name}`,
            key: `kinds:${kind.name}.plural`,
            icon: places.find((place) => place.name === kind.place)?.icon ?? IconPlus,
            run: go(paths.kind(kind.name)),
          },
        ]),
      {
        id: 'sheets',
        key: 'ui:importSheet',
        icon: IconTableImport,
        first: true,
        run: go(paths.importSheet),
      },
      {
        id: 'review',
        key: 'review:title',
        icon: IconGavel,
        run: go(paths.review),
      },
      {
        id: 'in',
        key: 'search:command.importFile',
        icon: IconFileImport,
        run: go(`${paths.exchange}?import=1`),
      },
      {
        id: 'out',
        key: 'search:command.exportFile',
        icon: IconFileExport,
        run: go(`${paths.exchange}?export=1`),
      },
      {
        id: 'undo',
        key: 'ui:undo.button',
        icon: IconArrowBackUp,
        run: () => void undoAndTell(vault),
      },
      {
        id: 'print',
        key: 'search:command.print',
        icon: IconPrinter,
        run: () => void printScreen(host),
      },
      ...locales.map((each) => ({
        id: `language ${each}`,
        key: 'search:command.language',
        params: { language: localeNames[each] },
        icon: IconLanguage,
        run: () => void chooseLocale(host, each),
      })),
      ...(['auto', 'light', 'dark'] as const).map((scheme) => ({
        id: `scheme ${scheme}`,
        key: `search:command.scheme.${scheme}`,
        icon: IconMoon,
        run: () => setColorScheme(scheme),
      })),
      { id: 'settings', key: 'ui:settings', icon: IconSettings, run: go(paths.settings) },
    ];
    return specs.map((spec) => ({
      id: spec.id,
      label: labelIn(spec, locale),
      icon: spec.icon,
      first: spec.first ?? false,
      words: locales.map((each) => labelIn(spec, each).toLowerCase()).join(' '),
      run: spec.run,
    }));
  }, [locale, vault, host, navigate, setColorScheme]);
}
