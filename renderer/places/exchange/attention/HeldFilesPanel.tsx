/** Files of a later release, kept whole until this program is updated. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../../shared/host';
import { showDone, showRefusal } from '../../../app/notices';
import { useHost, useHostInfo, useVault } from '../../../app/vaultContext';
import { EXTENSION } from '../../../exchange/exportFile';
import type { HeldFile } from '../../../store/heldFiles';
import { localTime } from '../../../ui/times';
import { sizeText } from '../deviceNames';
import classes from '../exchange.module.css';

interface HeldFilesPanelProps {
  readonly onImport: (file: OpenedFile, applied: () => void) => void;
}

export function HeldFilesPanel({ onImport }: HeldFilesPanelProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const files = vault.heldFiles.list();
  if (files.length === 0) return null;
  return (
    <section className={classes.panel} aria-labelledby="exchange-held-files">
      <div className={classes.panelHead}>
        <Title order={2} size="h5" id="exchange-held-files">
          {t('exchange:held.title')}
        </Title>
      </div>
      <Text size="sm" c="dimmed">
        {t('exchange:held.help')}
      </Text>
      <ul className={classes.rows}>
        {files.map((file) => (
          <Held key={file.sha256} file={file} onImport={onImport} />
        ))}
      </ul>
    </section>
  );
}

function Held({ file, onImport }: HeldFilesPanelProps & { readonly file: HeldFile }) {
  const { t, i18n } = useTranslation();
  const vault = useVault();
  const host = useHost();
  const { version } = useHostInfo();
  const updated = file.release !== version;
  const remove = async () => {
    const bytes = await vault.heldFiles.read(file.sha256);
    const done = await vault.heldFiles.remove(file.sha256);
    if (!done.ok) return showRefusal(done.refusal);
    showDone(t('exchange:held.removed', { name: file.name }), () => {
      if (bytes) void vault.heldFiles.keep(bytes, file.release);
    });
  };
  async function again(): Promise<void> {
    const opened = await vault.heldFiles.read(file.sha256);
    if (opened) onImport(opened, () => void vault.heldFiles.remove(file.sha256));
  }
  async function save(): Promise<void> {
    const opened = await vault.heldFiles.read(file.sha256);
    if (!opened) return;
    const filters = [{ name: t('exchange:filter'), extensions: [EXTENSION] }];
    const saved = await host.saveFile({ ...opened, filters });
    if (!saved.ok) showRefusal(saved.refusal);
    else if (saved.value) showDone(t('exchange:quarantine.saved', { name: saved.value.name }));
  }
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <span className={classes.fileName}>{file.name}</span>
          <Text size="xs" c="dimmed">
            {sizeText(file.size, i18n.language)} · {localTime(file.at)} ·{' '}
            {t(updated ? 'exchange:held.updated' : 'exchange:held.waits')}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <Button
            size="xs"
            variant={updated ? 'filled' : 'default'}
            disabled={!vault.isWriter()}
            onClick={() => void again()}
          >
            {t('exchange:held.again')}
          </Button>
          <Button size="xs" variant="default" onClick={() => void save()}>
            {t('exchange:held.save')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={!vault.isWriter()}
            onClick={() => void remove()}
          >
            {t('exchange:held.remove')}
          </Button>
        </Group>
      </Group>
    </li>
  );
}
