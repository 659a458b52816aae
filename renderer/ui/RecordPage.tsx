/** One record: what it is, what surrounds it, what happened to it. */
import { createElement, Suspense } from 'react';
import { Alert, Loader, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../shared/kinds/registry';
import { useVault } from '../app/vaultContext';
import { recordPages } from './extensions';
import { CreateRecordProvider } from './form/CreateRecordProvider';
import { MissingRecord } from './MissingRecord';
import { StandardRecord } from './record/StandardRecord';
import { UnknownKind } from './UnknownKind';

export function RecordPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const record = projection.get(id);
  if (!record) return <MissingRecord id={id} />;
  const kind = kindOf(record.kind);
  if (!kind) return <UnknownKind kind={record.kind} />;
  const page = recordPages[kind.name] ?? StandardRecord;
  return (
    <CreateRecordProvider>
      <Stack gap="md">
        {!projection.visible(id) && (
          <Alert color="orange" title={t('record:deletedTitle')}>
            {t('record:deletedText')}
          </Alert>
        )}
        <Suspense fallback={<Loader size="sm" />}>
          {createElement(page, { key: id, kind, record })}
        </Suspense>
      </Stack>
    </CreateRecordProvider>
  );
}
