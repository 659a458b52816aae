/** Opens an exchange file by its path, for those who have it in words. Desktop edition only. */
import { useState } from 'react';
import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpenedFile } from '../../../shared/host';
import { refusalText } from '../notices';
import { useHost, useHostInfo } from '../vaultContext';

export function PathField({ onFile }: { readonly onFile: (file: OpenedFile) => void }) {
  const { t } = useTranslation();
  const host = useHost();
  const { edition } = useHostInfo();
  const [path, setPath] = useState('');
  const [error, setError] = useState<string>();
  if (edition !== 'desktop') return null;

  async function open() {
    const read = await host.readPath(path);
    if (read.ok) onFile(read.value);
    else setError(refusalText(read.refusal));
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim()) void open();
      }}
    >
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <TextInput
          size="sm"
          style={{ flex: 1 }}
          aria-label={t('drop:path.label')}
          placeholder={t('drop:path.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={path}
          error={error}
          onChange={(event) => {
            setPath(event.currentTarget.value);
            setError(undefined);
          }}
        />
        <Button type="submit" size="sm" variant="default" disabled={!path.trim()}>
          {t('drop:path.open')}
        </Button>
      </Group>
    </form>
  );
}
