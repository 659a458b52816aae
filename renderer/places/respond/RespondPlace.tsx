/** Respond: what is running, what is planned, what has been; and the way to declare a loss. */
import { Anchor, Button, Table } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlay, IconUrgent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { drill as drillKind } from '../../../shared/kinds/drill';
import type { RecordState } from '../../../shared/log/record';
import { elapsed } from '../../../shared/response/run';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { useNow } from '../../app/useNow';
import { useVault } from '../../app/vaultContext';
import { RecordLink } from '../../ui/RecordLink';
import { StatusBadge } from '../../ui/StatusBadge';
import { numberOf, titleOf } from '../../ui/recordTitle';
import { localMinute } from '../../ui/times';
import { clockText, timeWithOffset } from './clockText';
import { ModeBadge } from './ModeBadge';
import { Panel } from './Panel';
import { readRun } from './useRun';
import { useList } from './useList';
import own from './RespondPlace.module.css';
import classes from './Respond.module.css';

const modeOf = (drill: RecordState) => (drill.values.mode === 'real' ? 'real' : 'drill');
const timeOf = (drill: RecordState): number => {
  const { startedAt, plannedOn } = drill.values;
  if (typeof startedAt === 'number') return startedAt;
  return typeof plannedOn === 'string' ? new Date(`${plannedOn}T00:00:00`).getTime() || 0 : 0;
};

export function RespondPlace() {
  const { t } = useTranslation();
  const vault = useVault();
  const { projection } = vault;
  // Somebody else's records, to read: nothing is run from them.
  const outsider = vault.device()?.outsider ?? false;
  const all = projection.records('drill').toSorted((a, b) => timeOf(b) - timeOf(a));
  const running = all
    .filter((drill) => drill.values.status === 'running')
    .toSorted((a, b) => Number(modeOf(b) === 'real') - Number(modeOf(a) === 'real'));
  const planned = all.filter((drill) => drill.values.status === 'planned').toReversed();
  const past = all.filter((drill) => !running.includes(drill) && !planned.includes(drill));
  return (
    <div className={own.place}>
      <div className={classes.head}>
        <div className={classes.headText}>
          <h1>{t('respond:place.title')}</h1>
          <div className={`${classes.small} ${classes.dim}`}>{t('respond:place.lead')}</div>
        </div>
        {!outsider && (
          <Button
            component="a"
            href={href(paths.declare)}
            size="md"
            leftSection={<IconUrgent size={20} aria-hidden />}
          >
            {t('respond:declare.button')}
          </Button>
        )}
      </div>
      {running.map((drill) => (
        <Running key={drill.id} id={drill.id} />
      ))}
      {!all.length && <Nothing outsider={outsider} />}
      {planned.length > 0 && (
        <Panel title={t('respond:place.planned')} aside={planned.length}>
          <RunTable runs={planned} planned />
        </Panel>
      )}
      {past.length > 0 && (
        <Panel title={t('respond:place.past')} aside={past.length}>
          <RunTable runs={past} planned={false} />
        </Panel>
      )}
    </div>
  );
}

function Running({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const list = useList();
  const { projection } = useVault();
  const now = useNow(1000);
  const open = readRun(projection, id);
  if (!open) return null;
  const { drill, frozen, run } = open;
  const done = run.steps.filter((state) => ['done', 'skipped'].includes(state.status)).length;
  const back = run.services.filter((state) => state.backAt !== undefined).length;
  return (
    <section className={own.running} data-mode={run.mode} aria-label={titleOf(drill)}>
      <div className={classes.grow}>
        <div className={classes.row}>
          <ModeBadge mode={run.mode} />
          <h2 className={own.runningName}>{titleOf(drill)}</h2>
        </div>
        <div className={`${classes.small} ${classes.dim}`}>
          {[
            list(frozen.lost.map((item) => item.name)),
            t('respond:run.since', { time: timeWithOffset(frozen.lostAt) }),
            run.coordinator && t('respond:run.coordinator', { name: run.coordinator }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
        <div className={own.figures}>
          <span>{t('respond:place.steps', { done, total: run.steps.length })}</span>
          <span>{t('respond:place.back', { back, total: run.services.length })}</span>
          <span>
            {t('respond:place.reached', { reached: run.calls.reached, total: run.calls.total })}
          </span>
        </div>
      </div>
      <div className={own.clock} role="timer">
        {clockText(elapsed(run, now))}
        {run.paused && <div className={own.paused}>{t('respond:run.paused')}</div>}
      </div>
      <Button
        component="a"
        href={href(paths.run(id))}
        size="lg"
        color={run.mode === 'real' ? 'red' : 'drill'}
        leftSection={<IconPlayerPlay size={20} aria-hidden />}
      >
        {t('respond:place.continue')}
      </Button>
    </section>
  );
}

function RunTable({
  runs,
  planned,
}: {
  readonly runs: readonly RecordState[];
  readonly planned: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={120}>{t('respond:place.columns.when')}</Table.Th>
          <Table.Th>{t('respond:place.columns.name')}</Table.Th>
          <Table.Th>{t('respond:place.columns.plan')}</Table.Th>
          <Table.Th w={130}>{t('respond:place.columns.status')}</Table.Th>
          <Table.Th w={130}>
            <span className={own.hidden}>{t('respond:place.columns.action')}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((drill) => (
          <Table.Tr key={drill.id}>
            <Table.Td className={own.when}>{whenOf(drill)}</Table.Td>
            <Table.Td>
              <div className={classes.row}>
                <ModeBadge mode={modeOf(drill)} />
                <RecordLink id={drill.id} icon={false} />
                <span className={`${classes.small} ${classes.dim}`}>{numberOf(drill)}</span>
              </div>
            </Table.Td>
            <Table.Td>
              {typeof drill.values.plan === 'string' && drill.values.plan ? (
                <RecordLink id={drill.values.plan} icon={false} />
              ) : (
                <span className={classes.dim}>{t('respond:place.noPlan')}</span>
              )}
            </Table.Td>
            <Table.Td>
              <StatusBadge kind={drillKind} value={drill.values.status} />
            </Table.Td>
            <Table.Td ta="right">
              {planned ? (
                <Button
                  component="a"
                  href={href(`${paths.declare}?run=${encodeURIComponent(drill.id)}`)}
                  size="compact-sm"
                  variant="light"
                  aria-label={t('respond:place.startNamed', { name: titleOf(drill) })}
                >
                  {t('respond:place.start')}
                </Button>
              ) : (
                <Anchor
                  href={href(paths.report(drill.id))}
                  size="sm"
                  aria-label={t('respond:place.reportNamed', { name: titleOf(drill) })}
                >
                  {t('respond:place.report')}
                </Anchor>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function whenOf(drill: RecordState): string {
  const { startedAt, plannedOn } = drill.values;
  if (typeof startedAt === 'number') return localMinute(startedAt);
  return typeof plannedOn === 'string' ? plannedOn : '';
}

function Nothing({ outsider }: { readonly outsider: boolean }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const hasPlan = projection.records('plan').length > 0;
  return (
    <div className={own.nothing}>
      <IconAlertTriangle size={34} stroke={1.4} aria-hidden />
      <h2>{t('respond:place.emptyTitle')}</h2>
      {!outsider && <p>{t(hasPlan ? 'respond:place.emptyText' : 'respond:place.emptyNoPlan')}</p>}
      {!hasPlan && !outsider && (
        <Button component="a" href={href(paths.create('plan'))} variant="default">
          {t('respond:place.writePlan')}
        </Button>
      )}
    </div>
  );
}
