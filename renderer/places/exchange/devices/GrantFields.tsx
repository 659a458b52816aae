/** Whose device it is and what it may do: the same fields for enrolling and for changing rights. */
import { useMemo } from 'react';
import {
  Autocomplete,
  Checkbox,
  Group,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { memberRoles } from '../../../../shared/trust/roster';
import { asText } from '../../../../shared/projection/projection';
import { useVault } from '../../../app/vaultContext';
import { useLabels } from '../../../ui/labels';
import classes from './devices.module.css';
import type { Fault, GrantDraft } from './grantDraft';
import { kindGroups } from './kindChoice';

interface GrantFieldsProps {
  readonly draft: GrantDraft;
  readonly onChange: (draft: GrantDraft) => void;
  /** Shown beside their fields. */
  readonly faults: ReadonlySet<Fault>;
}

const SUGGESTED = 12;

export function GrantFields({ draft, onChange, faults }: GrantFieldsProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const set = (part: Partial<GrantDraft>) => onChange({ ...draft, ...part });
  const error = (field: Fault) =>
    faults.has(field) ? { error: t(`devices:grant.error.${field}`) } : {};
  const people = useMemo(() => textsOf(projection.records('person'), 'name'), [projection]);
  const codes = useMemo(() => textsOf(projection.records('site'), 'code'), [projection]);
  const limited = draft.role === 'coordinator' || draft.role === 'field';
  return (
    <Stack gap="md">
      <SimpleGrid cols={3} spacing="sm">
        <TextInput
          label={t('devices:grant.name')}
          value={draft.name}
          maxLength={60}
          required
          onChange={(event) => set({ name: event.currentTarget.value })}
          {...error('name')}
        />
        <Autocomplete
          label={t('devices:grant.holder')}
          data={people}
          limit={SUGGESTED}
          value={draft.holder}
          maxLength={60}
          required
          onChange={(holder) => set({ holder })}
          {...error('holder')}
        />
        <Autocomplete
          label={t('devices:grant.site')}
          data={codes}
          limit={SUGGESTED}
          value={draft.site}
          maxLength={40}
          required
          onChange={(site) => set({ site })}
          {...error('site')}
        />
      </SimpleGrid>
      <Radio.Group
        label={t('devices:grant.role')}
        value={draft.role}
        onChange={(value) => {
          const role = memberRoles.find((each) => each === value);
          if (role) set({ role });
        }}
      >
        <SimpleGrid cols={2} spacing="xs" mt={6}>
          {memberRoles.toReversed().map((role) => (
            <Radio
              key={role}
              value={role}
              label={t(`devices:role.${role}`)}
              description={t(`devices:roleHelp.${role}`)}
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {limited && (
        <KindFields kinds={draft.kinds} onChange={(kinds) => set({ kinds })} {...error('kinds')} />
      )}
      {draft.role !== 'hq' && (
        <DateInput
          w={240}
          label={t('devices:grant.until')}
          description={t('devices:grant.untilHelp')}
          clearable
          valueFormat="YYYY-MM-DD"
          placeholder={t('form:datePlaceholder')}
          value={draft.until}
          onChange={(until) => set({ until })}
          {...error('until')}
        />
      )}
    </Stack>
  );
}

function textsOf(
  records: readonly { readonly values: Readonly<Record<string, unknown>> }[],
  field: string,
): string[] {
  const texts = records.map(({ values }) => asText(values[field] as never));
  return [...new Set(texts)].filter(Boolean).toSorted();
}

interface KindFieldsProps {
  readonly kinds: readonly string[] | null;
  readonly onChange: (kinds: readonly string[] | null) => void;
  readonly error?: string;
}

function KindFields({ kinds, onChange, error }: KindFieldsProps) {
  const { t } = useTranslation();
  const labels = useLabels();
  const all = kindGroups.flatMap((group) => group.kinds);
  return (
    <Stack gap="xs">
      <Radio.Group
        label={t('devices:grant.kinds')}
        value={kinds === null ? 'all' : 'some'}
        onChange={(value) => onChange(value === 'all' ? null : all)}
      >
        <Group mt={6} gap="lg">
          <Radio value="all" label={t('devices:grant.kindsAll')} />
          <Radio value="some" label={t('devices:grant.kindsSome')} />
        </Group>
      </Radio.Group>
      {kinds && (
        <Checkbox.Group
          value={[...kinds]}
          onChange={onChange}
          aria-label={t('devices:grant.kinds')}
        >
          <div className={classes.groups}>
            {kindGroups.map((group) => (
              <fieldset key={group.place} className={classes.group}>
                <legend>{t(`ui:places.${group.place}`)}</legend>
                <Stack gap={6}>
                  {group.kinds.map((kind) => (
                    <Checkbox key={kind} size="xs" value={kind} label={labels.plural(kind)} />
                  ))}
                </Stack>
              </fieldset>
            ))}
          </div>
        </Checkbox.Group>
      )}
      {error ? (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      ) : (
        kinds && (
          <Text size="xs" c="dimmed">
            {t('devices:grant.parts')}
          </Text>
        )
      )}
    </Stack>
  );
}
