/** Head of a record in the merge: what it is, where it comes from, how much leads to it. */
import { Checkbox, Group, Radio, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { parseDot } from '../../../shared/log/change';
import { headsOf, type RecordState } from '../../../shared/log/record';
import { useVault } from '../../app/vaultContext';
import { useDevices } from '../../ui/record/useDevices';
import { RecordLink } from '../../ui/RecordLink';
import { numberOf, titleOf } from '../../ui/recordTitle';
import { localTime } from '../../ui/times';
import conflict from '../../ui/record/conflict.module.css';

interface ColumnHeadProps {
  readonly record: RecordState;
  readonly number: number;
  readonly joined: boolean;
  readonly survivor: boolean;
  /** Absent: with two records there is nothing to leave out. */
  onJoin?(joined: boolean): void;
  onKeep(): void;
}

export function ColumnHead({ record, number, joined, survivor, onJoin, onKeep }: ColumnHeadProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const devices = useDevices();
  const made = parseDot(record.dots[0] ?? '').r;
  const uses = projection.linksOf(record.id).length + projection.referrers(record.id).length;
  const fields = Object.keys(record.heads);
  const at = Math.max(
    ...fields.flatMap((field) => headsOf(record, field).map(({ stamp }) => stamp.t[0])),
  );
  const name = numberOf(record) || titleOf(record);
  return (
    <th scope="col" data-chosen={survivor || undefined}>
      <RecordLink id={record.id} />
      <Text size="xs" c="dimmed" fw={400}>
        {numberOf(record)}
      </Text>
      <Text size="xs" c="dimmed" fw={400}>
        {t('review:merge.madeOn', { device: devices.name(made) })}
      </Text>
      <Text size="xs" c="dimmed" fw={400}>
        {t('review:merge.lastChange', { at: localTime(at) })} ·{' '}
        {t('review:merge.uses', { count: uses })}
      </Text>
      <Group gap="sm" mt={6}>
        <Radio
          size="xs"
          name="survivor"
          checked={survivor}
          disabled={!joined}
          onChange={onKeep}
          aria-label={t('review:merge.keepThis', { number: name })}
          label={
            <>
              <span className={conflict.key}>{number}</span> {t('review:merge.keep')}
            </>
          }
        />
        {onJoin && (
          <Checkbox
            size="xs"
            checked={joined}
            aria-label={t('review:merge.isSame', { number: name })}
            label={t('review:merge.same')}
            onChange={(event) => onJoin(event.currentTarget.checked)}
          />
        )}
      </Group>
    </th>
  );
}
