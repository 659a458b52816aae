/** A passphrase typed twice, with a hint how strong it is and a good one on request. */
import { Anchor, Group, PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormContext, useWatch } from 'react-hook-form';
import {
  MIN_PASSPHRASE,
  passphraseStrength,
  suggestPassphrase,
  type Strength,
} from '../../../shared/exchange/passphrase';

export interface PassphraseForm {
  readonly passphrase: string;
  readonly repeat: string;
}

const FILL = { tooShort: 12, weak: 33, fair: 66, good: 100 } as const;
const COLOUR = { tooShort: 'red', weak: 'red', fair: 'orange', good: 'green' } as const;

export function PassphraseFields() {
  const { t } = useTranslation();
  const { register, setValue, formState } = useFormContext<PassphraseForm>();
  const typed = useWatch<PassphraseForm, 'passphrase'>({ name: 'passphrase' });
  const [visible, { toggle, open }] = useDisclosure(false);
  const suggest = () => {
    const text = suggestPassphrase((count) => crypto.getRandomValues(new Uint8Array(count)));
    setValue('passphrase', text, { shouldValidate: true });
    setValue('repeat', text, { shouldValidate: true });
    open();
  };
  const { errors } = formState;
  return (
    <Stack gap="xs">
      <Group grow align="flex-start">
        <PasswordInput
          size="sm"
          label={t('exchange:out.passphrase')}
          autoComplete="new-password"
          visible={visible}
          onVisibilityChange={toggle}
          error={errors.passphrase?.message}
          {...register('passphrase', {
            validate: (text) =>
              passphraseStrength(text) !== 'tooShort' ||
              t('exchange:out.tooShort', { min: MIN_PASSPHRASE }),
          })}
        />
        <PasswordInput
          size="sm"
          label={t('exchange:out.repeat')}
          autoComplete="new-password"
          visible={visible}
          onVisibilityChange={toggle}
          error={errors.repeat?.message}
          {...register('repeat', {
            validate: (text, form) => text === form.passphrase || t('exchange:out.differs'),
          })}
        />
      </Group>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        {typed ? <StrengthHint strength={passphraseStrength(typed)} /> : <span />}
        <Anchor component="button" type="button" size="sm" onClick={suggest}>
          {t('exchange:out.suggest')}
        </Anchor>
      </Group>
      <Text size="sm" c="dimmed">
        {t('exchange:out.tell')}
      </Text>
    </Stack>
  );
}

function StrengthHint({ strength }: { readonly strength: Strength }) {
  const { t } = useTranslation();
  return (
    <div style={{ flex: 1 }}>
      <Progress
        size="xs"
        value={FILL[strength]}
        color={COLOUR[strength]}
        aria-label={t('exchange:out.strength.label')}
      />
      <Text size="xs" mt={4} role="status">
        {t(`exchange:out.strength.${strength}`)}
      </Text>
    </div>
  );
}
