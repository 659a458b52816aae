/** A continuity plan as a document: what it is for, its text, its steps and its call tree. */
import { Button, Stack, Tabs } from '@mantine/core';
import {
  IconBook2,
  IconListDetails,
  IconPhoneCall,
  IconPlayerPlay,
  IconTopologyStar3,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths';
import { useNow } from '../../app/useNow';
import { useVault } from '../../app/vaultContext';
import { AttachmentsSection } from '../../attachments/AttachmentsSection';
import { ApprovalPanel } from '../../ui/record/ApprovalPanel';
import { ConflictPanel } from '../../ui/record/ConflictPanel';
import { DetailGroups } from '../../ui/record/DetailGroups';
import { HistoryPanel } from '../../ui/record/HistoryPanel';
import { RecordHeader } from '../../ui/record/RecordHeader';
import { RelationsPanel } from '../../ui/record/RelationsPanel';
import type { RecordPageProps } from '../../ui/record/StandardRecord';
import { localTime } from '../../ui/times';
import { CallTree } from './CallTree';
import { PlanSummary } from './PlanSummary';
import { Sections } from './Sections';
import { StepsEditor } from './StepsEditor';
import { stepsOf } from './steps';
import classes from './plans.module.css';

export function PlanPage({ kind, record }: RecordPageProps) {
  const { t } = useTranslation();
  const { projection, device } = useVault();
  const [, navigate] = useLocation();
  const now = useNow(60_000);
  const plan = stepsOf(projection, record.id);
  const start = (
    <Button
      size="xs"
      leftSection={<IconPlayerPlay size={15} />}
      onClick={() => navigate(`${paths.declare}?plan=${encodeURIComponent(record.id)}`)}
    >
      {t('plans:start')}
    </Button>
  );
  return (
    <Stack gap="md" className={classes.plan ?? ''}>
      <RecordHeader kind={kind} record={record} extra={device()?.outsider ? undefined : start} />
      <p className={classes.printed}>{t('plans:printed', { time: localTime(now) })}</p>
      <ConflictPanel kind={kind} record={record} />
      <ApprovalPanel record={record} />
      <PlanSummary id={record.id} plan={plan} />
      {/* Hidden by CSS only, so that the print shows every part of the plan. */}
      <Tabs
        defaultValue="document"
        keepMounted
        keepMountedMode="display-none"
        className={classes.tabs ?? ''}
      >
        <Tabs.List className={classes.noPrint ?? ''}>
          <Tabs.Tab value="document" leftSection={<IconBook2 size={15} />}>
            {t('plans:document')}
          </Tabs.Tab>
          <Tabs.Tab value="steps" leftSection={<IconListDetails size={15} />}>
            {t('plans:steps')} ({plan.steps.length})
          </Tabs.Tab>
          <Tabs.Tab value="calls" leftSection={<IconPhoneCall size={15} />}>
            {t('plans:callTree')}
          </Tabs.Tab>
          <Tabs.Tab value="relations" leftSection={<IconTopologyStar3 size={15} />}>
            {t('plans:relations')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="document" pt="md" className={classes.sheet ?? ''}>
          <Stack gap="md">
            <DetailGroups kind={kind} record={record} />
            <Sections plan={record.id} />
            <AttachmentsSection record={record} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="steps" pt="md" className={classes.sheet ?? ''}>
          <StepsEditor plan={record.id} data={plan} />
        </Tabs.Panel>
        <Tabs.Panel value="calls" pt="md" className={classes.sheet ?? ''}>
          <CallTree plan={record.id} />
        </Tabs.Panel>
        <Tabs.Panel value="relations" pt="md" className={classes.sheet ?? ''}>
          <div className={classes.columns}>
            <RelationsPanel kind={kind} id={record.id} />
            <HistoryPanel kind={kind} id={record.id} />
          </div>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
