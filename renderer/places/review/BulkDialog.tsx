/** One rule for many conflicts: what it would do is said before, and one undo takes it back. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button, Group, Modal, Progress, Radio, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { stampsOf, type Conflict } from '../../../shared/review/conflict';
import { settleBy, type BulkPlan, type Rule } from '../../../shared/review/decide';
import { useCommit } from '../../app/useCommit';
import { useDevices, type Devices } from '../../ui/record/useDevices';
import { nextPaint, runSteps } from '../importer/runSteps';

interface BulkDialogProps {
  readonly opened: boolean;
  readonly conflicts: readonly Conflict[];
  onClose(): void;
  onDone(): void;
}

export function BulkDialog({ opened, conflicts, onClose, onDone }: BulkDialogProps) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  return (
    <Modal
      opened={opened}
      onClose={() => !writing && onClose()}
      withCloseButton={!writing}
      title={t('review:bulk.title', { count: conflicts.length })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Decide
        conflicts={conflicts}
        writing={writing}
        onWriting={setWriting}
        onClose={onClose}
        onDone={() => {
          onDone();
          onClose();
        }}
      />
    </Modal>
  );
}

const ways = ['newest', 'hq', 'own', 'site', 'device'] as const;
type Way = (typeof ways)[number];

interface DecideProps extends Omit<BulkDialogProps, 'opened'> {
  readonly writing: boolean;
  onWriting(writing: boolean): void;
}

function Decide({ conflicts, writing, onWriting, onClose, onDone }: DecideProps) {
  const { t } = useTranslation();
  const commit = useCommit();
  const devices = useDevices();
  const replicas = useMemo(
    () => [...new Set(conflicts.flatMap((one) => stampsOf(one).map(({ r }) => r)))],
    [conflicts],
  );
  const sites = [...new Set(replicas.map(devices.site).filter(Boolean))].toSorted();
  const [way, setWay] = useState<Way>('newest');
  const [site, setSite] = useState<string | null>(sites[0] ?? null);
  const [device, setDevice] = useState<string | null>(replicas[0] ?? null);
  const rule = useMemo(
    () => ruleOf(way, devices, replicas, site, device),
    [way, devices, replicas, site, device],
  );
  const { plan, done } = usePlan(rule, conflicts);

  async function write() {
    if (!plan) return;
    onWriting(true);
    await nextPaint();
    const text = t('review:bulk.done', { count: plan.settled });
    const label = t('review:bulk.label', { count: plan.settled });
    const committed = await commit(plan.edits, { op: 'resolve', label }, text);
    onWriting(false);
    if (committed) onDone();
  }

  return (
    <Stack gap="sm">
      <Text size="sm">{t('review:bulk.text')}</Text>
      <Radio.Group aria-label={t('review:bulk.rule')} value={way} onChange={(next) => setWay(next)}>
        <Stack gap={8}>
          {ways.map((one) => (
            <Radio
              key={one}
              value={one}
              size="sm"
              label={t(`review:bulk.way.${one}`)}
              disabled={writing || (one === 'site' && !sites.length)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {way === 'site' && (
        <Select
          size="sm"
          aria-label={t('review:filter.site')}
          allowDeselect={false}
          data={sites}
          value={site}
          onChange={setSite}
        />
      )}
      {way === 'device' && (
        <Select
          size="sm"
          aria-label={t('review:filter.device')}
          allowDeselect={false}
          data={replicas.map((value) => ({ value, label: devices.name(value) }))}
          value={device}
          onChange={setDevice}
        />
      )}
      {writing ? (
        <div role="status">
          <Text size="sm">{t('review:bulk.writing')}</Text>
          <Progress value={100} animated striped aria-label={t('review:bulk.writing')} />
        </div>
      ) : (
        <div role="status">
          {plan ? (
            <Foreseen plan={plan} />
          ) : (
            <Progress
              value={(done / Math.max(1, conflicts.length)) * 100}
              aria-label={t('review:bulk.looking')}
            />
          )}
        </div>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" disabled={writing} onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button size="sm" loading={writing} disabled={!plan?.settled} onClick={() => void write()}>
          {t('review:bulk.confirm', { count: plan?.settled ?? 0 })}
        </Button>
      </Group>
    </Stack>
  );
}

function Foreseen({ plan }: { readonly plan: BulkPlan }) {
  const { t } = useTranslation();
  return (
    <>
      <Text size="sm">{t('review:bulk.settles', { count: plan.settled })}</Text>
      {plan.left > 0 && (
        <Text size="sm" c="dimmed">
          {t('review:bulk.leaves', { count: plan.left })}
        </Text>
      )}
      {plan.deleted > 0 && (
        <Text size="sm" c="red">
          {t('review:bulk.deletes', { count: plan.deleted })}
        </Text>
      )}
    </>
  );
}

function ruleOf(
  way: Way,
  devices: Devices,
  replicas: readonly string[],
  site: string | null,
  device: string | null,
): Rule {
  const those = (test: (replica: string) => boolean): Rule => ({
    take: 'devices',
    devices: new Set(replicas.filter(test)),
  });
  switch (way) {
    case 'newest':
      return { take: 'newest' };
    case 'hq':
      return those(devices.isHq);
    case 'own':
      return those(devices.isOwn);
    case 'site':
      return those((replica) => devices.site(replica) === site);
    case 'device':
      return those((replica) => replica === device);
  }
}

/** What the rule would do, worked out in slices and anew whenever it changes. */
function usePlan(rule: Rule, conflicts: readonly Conflict[]) {
  const [plan, setPlan] = useState<{ readonly rule: Rule; readonly plan: BulkPlan }>();
  const [done, setDone] = useState(0);
  const latest = useRef(conflicts);
  useEffect(() => {
    latest.current = conflicts;
  });
  useEffect(() => {
    const control = new AbortController();
    const steps = settleBy(rule, latest.current);
    void runSteps(steps, { signal: control.signal, onProgress: setDone }).then((found) => {
      if (found) setPlan({ rule, plan: found });
      return undefined;
    });
    return () => control.abort();
  }, [rule]);
  return { plan: plan?.rule === rule ? plan.plan : undefined, done };
}
