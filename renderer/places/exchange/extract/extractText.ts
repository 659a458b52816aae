/** What an extract holds, in words: whoever reads it must never take it for everything. */
import { useTranslation } from 'react-i18next';
import { asText } from '../../../../shared/projection/projection';
import { useVault } from '../../../app/vaultContext';
import type { ExtractAbout } from '../../../store/extractStore';
import { useLabels } from '../../../ui/labels';
import { sentences } from '../../../ui/sentences';
import { localTime } from '../../../ui/times';
import { listText } from '../deviceNames';

interface ExtractText {
  readonly title: string;
  readonly limits: string;
}

/** `siteName` where the records are not in the vault yet. */
export function useExtractText(
  about: Pick<ExtractAbout, 'organisation' | 'from' | 'createdAt' | 'scope'>,
  siteName?: (id: string) => string | undefined,
): ExtractText {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection } = useVault();
  const { scope } = about;
  const list = (parts: readonly string[]) => listText(parts, labels.locale);
  const site = (id: string) =>
    siteName?.(id) || asText(projection.get(id)?.values.name) || t('exchange:extract.unnamedSite');
  const limits = [
    scope.kinds
      ? t('exchange:extract.kinds', { kinds: list(scope.kinds.map((kind) => labels.plural(kind))) })
      : t('exchange:extract.allKinds'),
    scope.sites
      ? t('exchange:extract.sites', { sites: list(scope.sites.map(site)) })
      : t('exchange:extract.allSites'),
    ...(scope.withoutPrivate ? [t('exchange:extract.withoutPrivate')] : []),
    t('exchange:extract.notAll'),
  ];
  return {
    title: t('exchange:extract.banner', {
      name: about.organisation || about.from.name,
      when: localTime(about.createdAt),
    }),
    limits: sentences(labels.locale, ...limits),
  };
}
