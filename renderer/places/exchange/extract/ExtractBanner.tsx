/** On every screen and every print of a device that shows an extract: what it is, and is not. */
import { Alert } from '@mantine/core';
import { IconFileInfo } from '@tabler/icons-react';
import { useVault } from '../../../app/vaultContext';
import type { ExtractAbout } from '../../../store/extractStore';
import { useExtractText } from './extractText';
import classes from './extract.module.css';

export function ExtractBanner() {
  const about = useVault().extract.about();
  return about ? <Banner about={about} /> : null;
}

function Banner({ about }: { readonly about: ExtractAbout }) {
  const { title, limits } = useExtractText(about);
  return (
    <Alert
      color="harbour"
      className={classes.banner ?? ''}
      role="status"
      icon={<IconFileInfo aria-hidden />}
      title={title}
    >
      {limits}
    </Alert>
  );
}
