/**
 * What a file carries in attachments: how much, what is left out and why. The form that writes the
 * file holds the choice; this shows it and changes it.
 */
import { useMemo, useState } from 'react';
import {
  Button,
  Checkbox,
  Collapse,
  Group,
  NumberInput,
  Progress,
  Select,
  Stack,
  Text,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  chooseWithin,
  leaveNothing,
  type Candidate,
  type Chosen,
  type LeaveOut,
} from '../../shared/attachments/budget';
import { typeGroups } from '../../shared/attachments/fileTypes';
import { DEFAULT_BUDGET, MAX_BUDGET } from '../../shared/attachments/limits';
import { sizeText } from '../places/exchange/deviceNames';
import { BudgetRecords } from './BudgetRecords';

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface BudgetChoice {
  /** Bytes. */
  readonly budget: number;
  readonly leaveOut: LeaveOut;
}

export const usualChoice: BudgetChoice = { budget: DEFAULT_BUDGET, leaveOut: leaveNothing };

interface AttachmentBudgetProps {
  /** From `blobCandidates`. */
  readonly candidates: readonly Candidate[];
  readonly value: BudgetChoice;
  onChange(value: BudgetChoice): void;
  readonly disabled?: boolean;
}

/** Nothing at all when there is nothing to send. */
export function AttachmentBudget(props: AttachmentBudgetProps) {
  const { candidates, value } = props;
  const { budget, leaveOut } = value;
  const chosen = useMemo(
    () => chooseWithin(candidates, budget, leaveOut),
    [candidates, budget, leaveOut],
  );
  return candidates.length > 0 ? <Budget {...props} chosen={chosen} /> : null;
}

const sum = (list: readonly Candidate[]): number => list.reduce((all, { size }) => all + size, 0);

function Budget(props: AttachmentBudgetProps & { readonly chosen: Chosen }) {
  const { candidates, value, chosen, onChange, disabled = false } = props;
  const { t, i18n } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { budget, leaveOut } = value;
  const size = (bytes: number) => sizeText(bytes, i18n.language);
  const change = (part: Partial<LeaveOut>) =>
    onChange({ budget, leaveOut: { ...leaveOut, ...part } });
  const wantedLeft = chosen.left.filter(({ candidate }) => candidate.wanted).length;
  return (
    <Stack gap={6} role="group" aria-label={t('attachments:budget.label')}>
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <div>
          <Text size="sm" fw={600}>
            {t('attachments:budget.label')}
          </Text>
          <Text size="xs" c="dimmed" role="status">
            {t('attachments:budget.goes', {
              count: chosen.go.length,
              of: candidates.length,
              size: size(chosen.total),
              budget: size(budget),
            })}
          </Text>
        </div>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t(opened ? 'attachments:budget.less' : 'attachments:budget.choose')}
        </Button>
      </Group>
      <Progress
        size="sm"
        value={budget > 0 ? (chosen.total / budget) * 100 : 0}
        aria-label={t('attachments:budget.used')}
      />
      {chosen.left.length > 0 && (
        <Text size="xs" c="dimmed">
          {t('attachments:budget.left', {
            count: chosen.left.length,
            size: size(sum(chosen.left.map(({ candidate }) => candidate))),
          })}
          {wantedLeft > 0 && ` ${t('attachments:budget.wantedLeft', { count: wantedLeft })}`}
        </Text>
      )}
      <Collapse expanded={opened}>
        <Stack gap="sm" pt={4}>
          <Group gap="md" align="flex-start">
            <NumberInput
              size="sm"
              w={150}
              label={t('attachments:budget.most')}
              suffix=" MB"
              min={0}
              max={MAX_BUDGET / MB}
              clampBehavior="strict"
              allowDecimal={false}
              allowNegative={false}
              disabled={disabled}
              value={Math.round(budget / MB)}
              onChange={(mb) => {
                if (typeof mb === 'number') onChange({ budget: mb * MB, leaveOut });
              }}
            />
            <Age
              before={leaveOut.before}
              disabled={disabled}
              onChange={(before) => change({ before })}
            />
          </Group>
          <Group gap="md" role="group" aria-label={t('attachments:budget.types')}>
            {typeGroups.map((group) => {
              const those = candidates.filter((one) => one.group === group);
              if (those.length === 0) return null;
              return (
                <Checkbox
                  key={group}
                  size="xs"
                  disabled={disabled}
                  label={t(`attachments:budget.type.${group}`, {
                    count: those.length,
                    size: size(sum(those)),
                  })}
                  checked={!leaveOut.groups.includes(group)}
                  onChange={(event) =>
                    change({ groups: toggled(leaveOut.groups, group, event.currentTarget.checked) })
                  }
                />
              );
            })}
          </Group>
          <BudgetRecords
            candidates={candidates}
            chosen={chosen}
            leaveOut={leaveOut.records}
            disabled={disabled}
            onChange={(record, goes) =>
              change({ records: toggled(leaveOut.records, record, goes) })
            }
          />
        </Stack>
      </Collapse>
    </Stack>
  );
}

/** The list of what is left out, after one of them goes or stays. */
const toggled = <T,>(list: readonly T[], one: T, goes: boolean): readonly T[] =>
  goes ? list.filter((other) => other !== one) : [...list, one];

const ages = [7, 30, 365] as const;

interface AgeProps {
  readonly before: number | undefined;
  readonly disabled: boolean;
  onChange(before: number | undefined): void;
}

function Age({ before, disabled, onChange }: AgeProps) {
  const { t } = useTranslation();
  const [days, setDays] = useState('all');
  return (
    <Select
      size="sm"
      w={220}
      label={t('attachments:budget.age')}
      allowDeselect={false}
      disabled={disabled}
      data={[
        { value: 'all', label: t('attachments:budget.anyAge') },
        ...ages.map((count) => ({
          value: String(count),
          label: t('attachments:budget.days', { count }),
        })),
      ]}
      value={before === undefined ? 'all' : days}
      onChange={(value) => {
        const chosen = value ?? 'all';
        setDays(chosen);
        onChange(chosen === 'all' ? undefined : Date.now() - Number(chosen) * DAY_MS);
      }}
    />
  );
}
