/** The dialogue in which a missing record is created without leaving the form that needs it. */
import { useState, type ReactNode } from 'react';
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import { useLabels } from '../labels';
import { CreateRecordContext, type CreateRequest } from './createContext';
import { RecordForm } from './RecordForm';
import formClasses from './form.module.css';

export function CreateRecordProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const [request, setRequest] = useState<CreateRequest>();
  const kind = request && kindOf(request.kind);
  const close = () => setRequest(undefined);
  return (
    <CreateRecordContext value={setRequest}>
      {children}
      <Modal
        opened={kind !== undefined}
        onClose={close}
        size="xl"
        className={formClasses.dialog ?? ''}
        closeOnEscape={false}
        title={kind ? t('form:newTitle', { kind: labels.kindInText(kind.name) }) : ''}
        closeButtonProps={{ 'aria-label': t('form:cancel') }}
      >
        {kind && (
          <RecordForm
            kind={kind}
            prefill={{ [kind.title]: request.title }}
            draftKey={`new.${kind.name}.inline`}
            onCancel={close}
            onSaved={(id) => {
              request.onCreated(id);
              close();
            }}
          />
        )}
      </Modal>
    </CreateRecordContext>
  );
}
