/** For whom: devices of the organisation, a device without keys, somebody outside. */
import { useState, type ReactNode } from 'react';
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useVault } from '../../../app/vaultContext';
import { peersWithoutKeys } from '../../../exchange/receivers';
import type { ExportChoice, ExportSort } from './choices';
import { DevicesForm } from './DevicesForm';
import { ExtractForm } from './ExtractForm';
import { PassphraseForm } from './PassphraseForm';

interface ExportFormProps {
  /** Replica chosen beforehand. */
  readonly to: string | undefined;
  readonly content: 'changes' | 'receipt' | 'snapshot' | undefined;
  readonly onSubmit: (choice: ExportChoice) => void;
  readonly onCancel: () => void;
  readonly note: ReactNode;
}

export function ExportForm({ to, content, ...rest }: ExportFormProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const member = vault.trust.roster() !== undefined;
  const waiting = vault.trust.standing() === 'waiting';
  const without = peersWithoutKeys(vault);
  const sorts: readonly ExportSort[] = member
    ? ['devices', ...(without.length > 0 ? (['passphrase'] as const) : []), 'extract']
    : ['passphrase', 'extract'];
  const old = without.some(({ replica }) => replica === to);
  const [sort, setSort] = useState<string>(old || !member ? 'passphrase' : 'devices');
  return (
    <Stack gap="md">
      <div>
        <SegmentedControl
          size="sm"
          fullWidth
          aria-label={t('exchange:out.sort.label')}
          value={sort}
          onChange={setSort}
          data={sorts.map((value) => ({ value, label: t(`exchange:out.sort.${value}`) }))}
        />
        <Text size="sm" c="dimmed" mt={6}>
          {t(
            sort === 'passphrase' && !member
              ? `exchange:out.sortHelp.${waiting ? 'notEnrolled' : 'noOrganisation'}`
              : `exchange:out.sortHelp.${sort}`,
          )}
        </Text>
      </div>
      {sort === 'devices' && <DevicesForm to={to} content={content} {...rest} />}
      {sort === 'passphrase' && <PassphraseForm to={to} {...rest} />}
      {sort === 'extract' && <ExtractForm {...rest} />}
    </Stack>
  );
}
