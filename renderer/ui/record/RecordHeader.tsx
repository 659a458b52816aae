/** What the record is, how it stands, and what can be done with it. */
import { ActionIcon, Anchor, Button, Group, Menu, Text, Title, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowRight,
  IconEdit,
  IconPrinter,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { KindDef } from '../../../shared/kinds/define';
import { conflictsOf, mergedInto, type RecordState } from '../../../shared/log/record';
import { href } from '../../app/hashLocation';
import { paths } from '../../app/paths';
import { showRefusal, useCommit } from '../../app/useCommit';
import { useHost, useVault } from '../../app/vaultContext';
import { KindIcon } from '../KindIcon';
import { useLabels } from '../labels';
import { RecordLink } from '../RecordLink';
import { numberOf, titleOf } from '../recordTitle';
import { StatusBadge } from '../StatusBadge';
import { Tone } from '../Tone';
import { useApprovalState } from './useApprovals';
import { useApprove } from './useApprove';
import classes from './record.module.css';

interface RecordHeaderProps {
  readonly kind: KindDef;
  readonly record: RecordState;
  /** Buttons of the kind's own. */
  readonly extra?: ReactNode;
}

export function RecordHeader({ kind, record, extra }: RecordHeaderProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const { projection, exchange, isWriter, device } = useVault();
  const host = useHost();
  const commit = useCommit();
  const [, navigate] = useLocation();
  const deleted = !projection.visible(record.id);
  const approval = useApprovalState()(record);
  const into = deleted ? mergedInto(record) : undefined;
  const delivery = exchange.delivery(record.id);
  const parent = kind.parent ? record.values[kind.parent] : undefined;
  const tone = { notExported: 'warn', exported: 'info', confirmed: 'good' } as const;

  async function print() {
    const printed = await host.print();
    if (!printed.ok) showRefusal(printed.refusal);
  }

  return (
    <header className={classes.header}>
      <div>
        <Group gap={6}>
          <KindIcon kind={kind.name} color="var(--mantine-color-dimmed)" />
          {typeof parent === 'string' ? (
            <RecordLink id={parent} />
          ) : (
            <Anchor size="sm" c="dimmed" href={href(paths.kind(kind.name))}>
              {labels.kind(kind.name)}
            </Anchor>
          )}
          <span className={classes.number}>{numberOf(record)}</span>
        </Group>
        <Title order={2} size="h3">
          {titleOf(record)}
        </Title>
        <Group gap={8} mt={4}>
          <StatusBadge kind={kind} value={record.values.status} />
          {/* An extract goes nowhere from here. */}
          {!device()?.outsider && (
            <Tone tone={tone[delivery]}>{t(`record:delivery.${delivery}`)}</Tone>
          )}
          {conflictsOf(record).length > 0 && (
            <a href={href(paths.reviewOf(record.id))} className={classes.badgeLink}>
              <Tone tone="bad">
                <IconAlertTriangle size={12} aria-hidden /> {t('record:inConflict')}
              </Tone>
            </a>
          )}
          {approval.is === 'changed' && <Tone tone="warn">{t('review:approval.badge')}</Tone>}
          {deleted && <Tone tone="bad">{t('record:deleted')}</Tone>}
          {into !== undefined && (
            <Text size="xs" component="span">
              {t('review:mergedInto')} <RecordLink id={into} />
            </Text>
          )}
        </Group>
      </div>
      <Group gap="xs" className={classes.noPrint ?? ''}>
        {extra}
        {!deleted && <Moves kind={kind} record={record} />}
        {!deleted && !kind.appendOnly && kind.place && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconEdit size={15} />}
            disabled={!isWriter()}
            onClick={() => navigate(paths.edit(record.id))}
          >
            {t('record:edit')}
          </Button>
        )}
        <Tooltip label={t('record:print')}>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('record:print')}
            onClick={() => void print()}
          >
            <IconPrinter size={16} />
          </ActionIcon>
        </Tooltip>
        {deleted ? (
          <Button
            size="xs"
            leftSection={<IconArrowBackUp size={15} />}
            disabled={!isWriter()}
            onClick={() =>
              void commit([{ do: 'restore', id: record.id }], undefined, t('record:restored'))
            }
          >
            {t('record:restore')}
          </Button>
        ) : (
          !kind.appendOnly && (
            <Tooltip label={t('record:delete')}>
              <ActionIcon
                variant="default"
                size={30}
                aria-label={t('record:delete')}
                disabled={!isWriter()}
                onClick={() =>
                  void commit([{ do: 'delete', id: record.id }], undefined, t('record:wasDeleted'))
                }
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          )
        )}
      </Group>
    </header>
  );
}

/** The lifecycle moves that are allowed from here: the first as a button, all in the menu. */
function Moves({ kind, record }: { readonly kind: KindDef; readonly record: RecordState }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const commit = useCommit();
  const approve = useApprove();
  const readOnly = !useVault().isWriter();
  const status = record.values.status;
  const states = kind.lifecycle?.states ?? {};
  const next = typeof status === 'string' ? (states[status]?.to ?? []) : Object.keys(states);
  if (!next.length) return null;
  const name = (state: string) => labels.option(kind.name, 'status', state);
  // Reaching that state says that somebody approved what stands here now.
  const move = (state: string) =>
    state === kind.lifecycle?.approval?.state ? approve(record) : set(state);
  const set = (state: string) =>
    commit(
      [{ do: 'set', id: record.id, fields: { status: state } }],
      undefined,
      t('record:moved', { state: name(state) }),
    );
  if (next.length === 1 && next[0]) {
    const [only] = next;
    return (
      <Button size="xs" variant="default" disabled={readOnly} onClick={() => void move(only)}>
        {t('record:moveTo', { state: name(only) })}
      </Button>
    );
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          disabled={readOnly}
          rightSection={<IconArrowRight size={14} />}
        >
          {t('record:changeStatus')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {next.map((state) => (
          <Menu.Item key={state} onClick={() => void move(state)}>
            {name(state)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
