/** One author whose changes are held: why, what they are, who brought them, and what can be done. */
import { useState } from 'react';
import { Button, Collapse, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { certificateOf } from '../../../../shared/trust/roster';
import { showDone, showRefusal } from '../../../app/notices';
import { useHost, useVault } from '../../../app/vaultContext';
import { acceptHeld } from '../../../exchange/reconsider';
import { localTime } from '../../../ui/times';
import { Tone } from '../../../ui/Tone';
import { deviceName } from '../deviceNames';
import classes from '../exchange.module.css';
import { HeldContent } from './HeldContent';
import { anchorsOf, asOneFile, broughtBy, storyOf, type HeldGroup } from './heldGroups';

interface HeldGroupCardProps {
  readonly group: HeldGroup;
  readonly mayDecide: boolean;
}

export function HeldGroupCard({ group, mayDecide }: HeldGroupCardProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [opened, setOpened] = useState(false);
  const { changes, keptOut, rescued } = group;
  const story = storyOf(group.items, vault.trust.roster()) ?? group.reason;
  const name =
    certificateOf(vault.trust.roster(), group.device)?.name ?? deviceName(vault, group.replica, t);
  return (
    <article className={classes.held} aria-label={t('exchange:quarantine.card', { name })}>
      <Group gap="xs">
        <Text fw={600}>{name}</Text>
        <Tone tone="warn">{t(`exchange:quarantine.reason.${story}`)}</Tone>
        <Text size="sm" c="dimmed">
          {t('exchange:quarantine.changes', { count: changes })}
        </Text>
        {rescued && <Tone tone="good">{t('exchange:quarantine.rescued')}</Tone>}
      </Group>
      <Text size="sm">{t(`exchange:quarantine.why.${story}`)}</Text>
      {keptOut && (
        <Text size="sm">
          {t('exchange:quarantine.keptOut', { by: keptOut.by, when: localTime(keptOut.at) })}
        </Text>
      )}
      <ul className={classes.plain}>
        {broughtBy(group).map(({ peer, file, at }) => (
          <li key={file}>
            {t('exchange:quarantine.brought', {
              name: deviceName(vault, peer, t),
              when: localTime(at),
            })}{' '}
            <span className={classes.fileName}>{file}</span>
          </li>
        ))}
      </ul>
      <Group gap="xs" mt={6}>
        <Button
          size="xs"
          variant="default"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t(opened ? 'exchange:quarantine.hide' : 'exchange:quarantine.show')}
        </Button>
        <SaveButton group={group} />
        {mayDecide && <Decide group={group} name={name} doubtful={story === 'contradicts'} />}
      </Group>
      <Collapse expanded={opened}>{opened && <HeldContent group={group} />}</Collapse>
    </article>
  );
}

function SaveButton({ group }: { readonly group: HeldGroup }) {
  const { t } = useTranslation();
  const host = useHost();
  async function save(): Promise<void> {
    const saved = await host.saveFile({
      name: `holdfast-held-${group.device}.ndjson.gz`,
      filters: [{ name: t('exchange:quarantine.filter'), extensions: ['gz'] }],
      bytes: asOneFile(group),
    });
    if (!saved.ok) showRefusal(saved.refusal);
    else if (saved.value) showDone(t('exchange:quarantine.saved', { name: saved.value.name }));
  }
  return (
    <Button size="xs" variant="default" onClick={() => void save()}>
      {t('exchange:quarantine.save')}
    </Button>
  );
}

interface DecideProps {
  readonly group: HeldGroup;
  readonly name: string;
  /** Anybody can have made it up: no answer is suggested. */
  readonly doubtful: boolean;
}

function Decide({ group, name, doubtful }: DecideProps) {
  const { t } = useTranslation();
  const vault = useVault();
  const [busy, setBusy] = useState(false);
  const shas = group.items.map(({ segment }) => segment.sha256);
  const act = (task: () => Promise<void>) => () => {
    setBusy(true);
    void task().finally(() => setBusy(false));
  };

  async function accept(): Promise<void> {
    const applied = await acceptHeld(vault, anchorsOf(group));
    if (!applied.ok) return showRefusal(applied.refusal);
    showDone(t('exchange:quarantine.accepted', { name, count: applied.value }));
  }
  async function keepOut(out: boolean): Promise<void> {
    const kept = await vault.exchange.keepOut(shas, out);
    if (!kept.ok) return showRefusal(kept.refusal);
    if (out) {
      showDone(t('exchange:quarantine.outDone', { name }), () => {
        void vault.exchange.keepOut(shas, false);
      });
    }
  }
  async function rescue(): Promise<void> {
    const done = await vault.exchange.rescue(shas);
    if (!done.ok) showRefusal(done.refusal);
    else showDone(t('exchange:quarantine.rescueDone', { count: done.value }));
  }

  return (
    <>
      {group.reason === 'forked' ? (
        !group.rescued && (
          <Button
            size="xs"
            variant={doubtful ? 'default' : 'filled'}
            loading={busy}
            onClick={act(rescue)}
          >
            {t('exchange:quarantine.rescue')}
          </Button>
        )
      ) : (
        // Neither answer is the likely one: what is held may come from a stolen laptop.
        <Button size="xs" variant="default" loading={busy} onClick={act(accept)}>
          {t('exchange:quarantine.accept')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={busy}
        onClick={act(() => keepOut(!group.keptOut))}
      >
        {t(group.keptOut ? 'exchange:quarantine.reopen' : 'exchange:quarantine.keep')}
      </Button>
    </>
  );
}
