/** Says where the older part of a history is, when it is not here. */
import { useEffect, useState } from 'react';
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { href } from '../../app/hashLocation';
import { useLocale } from '../../app/locale';
import { paths } from '../../app/paths';
import { useVault } from '../../app/vaultContext';
import type { LostPast } from '../../store/archive';

export function LostPastNote({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const vault = useVault();
  const locale = useLocale();
  const changes = vault.version();
  const [lost, setLost] = useState<LostPast>();
  useEffect(
    () => {
      let gone = false;
      void vault.lostPast(id).then(
        (found) => {
          if (!gone) setLost(found);
          return undefined;
        },
        (error: unknown) => {
          // The vault may be closed while a page that is already gone still reads.
          if (!gone) throw error;
        },
      );
      return () => {
        gone = true;
      };
    },
    // The version is not used, but it is what makes the answer old.
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies
    [vault, id, changes],
  );
  if (!lost) return null;
  const { files, elsewhere } = lost;
  const names = new Intl.ListFormat(locale, { type: 'conjunction' }).format(files);
  return (
    <>
      {files.length > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('compaction:past.files', { count: files.length, names })}{' '}
          <Anchor size="sm" href={href(paths.settings)}>
            {t('compaction:past.open')}
          </Anchor>
        </Text>
      )}
      {elsewhere && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('compaction:past.elsewhere')}
        </Text>
      )}
    </>
  );
}
