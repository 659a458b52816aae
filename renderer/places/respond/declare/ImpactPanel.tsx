/** What the loss means: affected services in recovery order, and what redundancy saved. */
import { useState } from 'react';
import { Collapse, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { clockOf, MINUTE_MS } from '../../../../shared/impact/clocks';
import type { RecoveryItem } from '../../../../shared/impact/recoveryOrder';
import type { Cause } from '../../../../shared/impact/impact';
import { useVault } from '../../../app/vaultContext';
import { duration } from '../../../ui/formatValue';
import { useLabels } from '../../../ui/labels';
import { titleIn } from '../../../ui/recordTitle';
import { Tone } from '../../../ui/Tone';
import { dayAndTime } from '../clockText';
import { Panel } from '../Panel';
import type { KnownImpact } from './useImpact';
import { useList } from '../useList';
import own from './Declare.module.css';
import classes from '../Respond.module.css';

interface ImpactPanelProps {
  readonly known: KnownImpact;
  readonly lostAt: number;
  readonly now: number;
}

const TONES = { open: 'info', soon: 'warn', breached: 'bad', noTarget: 'neutral' } as const;

export function ImpactPanel({ known, lostAt, now }: ImpactPanelProps) {
  const { t } = useTranslation();
  const list = useList();
  const { projection } = useVault();
  const { impact, recovery } = known;
  const saved = impact.saved.filter((id) => projection.get(id)?.kind === 'service');
  if (!impact.lost.length) {
    return (
      <Panel title={t('respond:impact.title')}>
        <p className={classes.empty}>{t('respond:impact.choose')}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('respond:impact.title')}
      aside={t('respond:impact.counts', {
        services: t('respond:impact.services', { count: recovery.length }),
        items: t('respond:impact.items', { count: impact.counts.ci ?? 0 }),
      })}
    >
      {recovery.length > 0 && <p className={own.hint}>{t('respond:impact.order')}</p>}
      <ol className={own.services}>
        {recovery.map((item) => (
          <ServiceLine key={item.id} item={item} known={known} lostAt={lostAt} now={now} />
        ))}
      </ol>
      {!recovery.length && <p className={classes.empty}>{t('respond:impact.none')}</p>}
      {impact.spared.length > 0 && (
        <section className={own.saved} aria-label={t('respond:impact.saved')}>
          <div className={classes.row}>
            <IconShieldCheck size={17} aria-hidden />
            <strong>{t('respond:impact.saved')}</strong>
          </div>
          <ul>
            {impact.spared.map((group) => (
              <li key={group.name}>
                {t('respond:impact.group', {
                  name: group.name,
                  up: group.up,
                  working: group.working,
                  minimum: group.minimum,
                })}
              </li>
            ))}
            {saved.length > 0 && (
              <li>
                {t('respond:impact.savedServices', {
                  names: list(saved.map((id) => titleIn(projection, id))),
                })}
              </li>
            )}
          </ul>
        </section>
      )}
    </Panel>
  );
}

interface ServiceLineProps extends ImpactPanelProps {
  readonly item: RecoveryItem;
}

function ServiceLine({ item, known, lostAt, now }: ServiceLineProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  const name = titleIn(projection, item.id);
  const clock = clockOf({ start: lostAt, now, paused: 0, target: item.rto, achieved: undefined });
  const why = known.impact.why(item.id);
  const tone = TONES[clock.state as keyof typeof TONES];
  return (
    <li className={own.service}>
      <UnstyledButton
        className={own.serviceHead}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight
          size={14}
          aria-hidden
          className={own.chevron}
          data-open={open || undefined}
        />
        <span className={`${classes.grow} ${classes.strong}`}>{name}</span>
        <Tone tone={tone}>
          {item.rto === undefined || clock.breachAt === undefined
            ? t('respond:impact.noRto')
            : t('respond:impact.rtoAt', {
                rto: duration(labels, item.rto),
                time: dayAndTime(clock.breachAt, now),
              })}
        </Tone>
      </UnstyledButton>
      <div className={own.serviceSub}>
        {[
          item.criticality && labels.option('service', 'criticality', item.criticality),
          item.mtpd === undefined
            ? t('respond:impact.noMtpd')
            : t('respond:impact.mtpdAt', {
                mtpd: duration(labels, item.mtpd),
                time: dayAndTime(lostAt + item.mtpd * MINUTE_MS, now),
              }),
          item.circular && t('respond:impact.circular'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {item.slowerThan && (
        <div className={own.warn}>
          {t('respond:impact.slower', { name: titleIn(projection, item.slowerThan) })}
        </div>
      )}
      <Collapse expanded={open}>
        <WhyPath why={why} />
      </Collapse>
    </li>
  );
}

function WhyPath({ why }: { readonly why: readonly Cause[] }) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const labels = useLabels();
  if (!why.length) return <div className={own.why}>{t('respond:impact.lostItself')}</div>;
  return (
    <ol className={own.why} aria-label={t('respond:impact.why')}>
      {why.map((cause) => (
        <li key={cause.id}>
          {titleIn(projection, cause.id)}{' '}
          <span className={classes.dim}>
            {cause.via.type === 'field'
              ? labels.field(cause.via.kind, cause.via.name)
              : labels.relation(cause.via.kind, cause.via.name)}
          </span>{' '}
          {titleIn(projection, cause.needs)}
          {cause.group && (
            <span className={classes.dim}>
              {' '}
              {t('respond:impact.broken', {
                name: cause.group.name,
                up: cause.group.up,
                minimum: cause.group.minimum,
              })}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
