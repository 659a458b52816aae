/** What one does with a report: print it, keep it as PDF, act on it, close it. */
import { Button } from '@mantine/core';
import {
  IconArrowsExchange,
  IconCircleCheck,
  IconFileTypePdf,
  IconPencil,
  IconPrinter,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { change as changeKind } from '../../../../shared/kinds/change';
import { initialFields } from '../../../../shared/kinds/define';
import type { Edit } from '../../../../shared/log/changeset';
import { asText } from '../../../../shared/projection/projection';
import type { Result } from '../../../../shared/result';
import { paths } from '../../../app/paths';
import { showRefusal, useCommit } from '../../../app/useCommit';
import { useHost, useVault } from '../../../app/vaultContext';
import { numberOf, titleOf } from '../../../ui/recordTitle';
import type { OpenRun } from '../useRun';
import own from './Report.module.css';

export function ReportBar({ open }: { readonly open: OpenRun }) {
  const { t } = useTranslation();
  const host = useHost();
  const vault = useVault();
  const commit = useCommit();
  const [, navigate] = useLocation();
  const { drill } = open;
  const status = drill.values.status;

  const tell = (result: Result<unknown>) => {
    if (!result.ok) showRefusal(result.refusal);
  };
  const setStatus = (to: string, done: string) =>
    void commit([{ do: 'set', id: drill.id, fields: { status: to } }], undefined, done);

  async function createChange() {
    const id = vault.newId();
    const findings = asText(drill.values.findings);
    const edits: Edit[] = [
      {
        do: 'create',
        kind: changeKind.name,
        id,
        fields: {
          ...initialFields(changeKind),
          number: vault.nextNumber(changeKind.name),
          name: t('report:changeName', { name: titleOf(drill) }),
          reason: findings,
          implementation: asText(drill.values.corrective),
        },
      },
      { do: 'link', from: id, rel: 'fromDrill', to: drill.id },
    ];
    const plan = asText(drill.values.plan);
    if (plan && vault.projection.visible(plan)) {
      edits.push({ do: 'link', from: id, rel: 'affects', to: plan });
    }
    if (await commit(edits, undefined, t('report:changeCreated'))) navigate(paths.record(id));
  }

  return (
    <div className={own.bar}>
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden />}
        onClick={() => void host.print().then(tell)}
      >
        {t('report:print')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileTypePdf size={16} aria-hidden />}
        onClick={() => void host.savePdf({ name: fileName(open) }).then(tell)}
      >
        {t('report:pdf')}
      </Button>
      <Button
        variant="default"
        disabled={!vault.isWriter()}
        leftSection={<IconArrowsExchange size={16} aria-hidden />}
        onClick={() => void createChange()}
      >
        {t('report:createChange')}
      </Button>
      {status === 'stoodDown' && (
        <Button
          disabled={!vault.isWriter()}
          leftSection={<IconCircleCheck size={16} aria-hidden />}
          onClick={() => setStatus('reported', t('report:closed'))}
        >
          {t('report:close')}
        </Button>
      )}
      {status === 'reported' && (
        <Button
          variant="default"
          disabled={!vault.isWriter()}
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => setStatus('stoodDown', t('report:reopened'))}
        >
          {t('report:reopen')}
        </Button>
      )}
    </div>
  );
}

/** The number only: a file name must not say what happened where. */
const fileName = ({ drill }: OpenRun): string => `${numberOf(drill) || 'run'}-report.pdf`;
