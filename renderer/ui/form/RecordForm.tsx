/** The form of any kind: inputs from its fields, checks from its rules, and a draft while typing. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { Alert, Button, Fieldset, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Controller, useForm, useWatch, type FieldErrors } from 'react-hook-form';
import type { KindDef } from '../../../shared/kinds/define';
import type { Value } from '../../../shared/log/change';
import { useCommit } from '../../app/useCommit';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../labels';
import { RecordLink } from '../RecordLink';
import { approvalBy } from '../record/useApprove';
import { duplicateOf } from './duplicates';
import { useErrorText } from './errorText';
import { FieldInput } from './FieldInput';
import { changedFields, formErrors, startValues, tidied, typedFields } from './formValues';
import { useDraft } from './useDraft';
import classes from './form.module.css';

interface RecordFormProps {
  readonly kind: KindDef;
  /** Record to change; absent: a new one. */
  readonly id?: string | undefined;
  readonly prefill?: Readonly<Record<string, string>>;
  /** Fields that the surroundings decide, such as the plan of a step. */
  readonly hidden?: readonly string[];
  /** Values of hidden fields that text cannot carry, such as the order. */
  readonly fixed?: Readonly<Record<string, Value>>;
  readonly draftKey: string;
  onSaved(id: string): void;
  onCancel(): void;
}

type Typed = Record<string, unknown>;

export function RecordForm(props: RecordFormProps) {
  const { kind, id, prefill = {}, hidden = [], onSaved, onCancel } = props;
  const { t } = useTranslation();
  const vault = useVault();
  const commit = useCommit();
  const labels = useLabels();
  const errorText = useErrorText();
  const draft = useDraft(props.draftKey);
  const box = useRef<HTMLFormElement>(null);
  const record = id ? vault.projection.get(id) : undefined;
  const [start] = useState(() => startValues(kind, record, prefill));

  const form = useForm<Typed>({
    defaultValues: start,
    mode: 'onTouched',
    resolver: (values) => {
      const errors: FieldErrors<Typed> = {};
      for (const [name, refusal] of Object.entries(
        formErrors(kind, start, tidied(values as Record<string, Value>)),
      )) {
        errors[name] = { type: refusal.code, message: errorText(kind.fields[name], refusal) };
      }
      return Object.keys(errors).length ? { values: {}, errors } : { values, errors: {} };
    },
  });
  const { control, formState, getValues, handleSubmit, reset, subscribe } = form;

  const { note } = draft;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const changed = changedFields(start, values as Record<string, Value>);
          note(Object.keys(changed).length ? changed : undefined);
        },
      }),
    [subscribe, start, note],
  );

  const focusFirstError = () =>
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  const write = async () => {
    const values = tidied(getValues() as Record<string, Value>);
    const changed = { ...changedFields(id ? start : {}, values), ...props.fixed };
    const target = id ?? vault.newId();
    const number = 'number' in kind.fields ? { number: vault.nextNumber(kind.name) } : {};
    // Reaching that state says that somebody approved what is saved here.
    const approval = kind.lifecycle?.approval?.state;
    const approves = record && approval !== undefined && changed.status === approval;
    const saved = await commit(
      id
        ? [{ do: 'set', id, fields: changed }, ...(approves ? [approvalBy(vault, record)] : [])]
        : [{ do: 'create', kind: kind.name, id: target, fields: { ...changed, ...number } }],
    );
    if (!saved) return;
    await draft.clear();
    onSaved(target);
  };
  const save = () => handleSubmit(write, focusFirstError)();
  const cancel = () => {
    void draft.clear();
    onCancel();
  };
  useWindowEvent('keydown', (event) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
    const target = event.target instanceof Node ? event.target : null;
    // Another form may stand above this one in a dialogue.
    if (target !== document.body && !box.current?.contains(target)) return;
    event.preventDefault();
    void save();
  });

  const groups = useMemo(() => formGroups(kind, hidden), [kind, hidden]);
  const failed = formState.isSubmitted ? Object.keys(formState.errors).length : 0;
  const values = useWatch({ control });
  const twin = duplicateOf(vault.projection, kind, id, values);

  return (
    <form
      ref={box}
      noValidate
      className={classes.form}
      aria-label={labels.kind(kind.name)}
      onSubmit={(event) => {
        event.preventDefault();
        // A form in a dialogue is, for React, still inside the form that opened it.
        event.stopPropagation();
        void save();
      }}
      onKeyDown={(event) => {
        const inList = event.target instanceof Element && event.target.ariaExpanded === 'true';
        // Leaving by the key keeps the draft: it is easily pressed by mistake.
        if (event.key === 'Escape' && !event.defaultPrevented && !inList) onCancel();
      }}
    >
      <Stack gap="md">
        {draft.found && (
          <Alert color="harbour" title={t('form:draftTitle')}>
            <Group justify="space-between">
              <Text size="sm">{t('form:draftText')}</Text>
              <Group gap="xs">
                <Button
                  size="xs"
                  onClick={() => {
                    reset({ ...start, ...draft.found }, { keepDefaultValues: true });
                    draft.take();
                  }}
                >
                  {t('form:draftContinue')}
                </Button>
                <Button size="xs" variant="default" onClick={draft.discard}>
                  {t('form:draftDiscard')}
                </Button>
              </Group>
            </Group>
          </Alert>
        )}
        {failed > 0 && (
          <Alert color="red" role="alert" py="xs">
            {t('form:errors', { count: failed })}
          </Alert>
        )}
        {groups.map(({ group, names }, at) => (
          <Fieldset key={group} legend={labels.group(kind.name, group)} className={classes.group}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
              {names.map((name, i) => (
                <div key={name} data-wide={kind.fields[name]?.type === 'longText' || undefined}>
                  <Controller
                    control={control}
                    name={name}
                    render={({ field, fieldState }) => (
                      <div onBlur={field.onBlur}>
                        <FieldInput
                          kind={kind}
                          name={name}
                          value={field.value as Value}
                          onChange={field.onChange}
                          error={fieldState.error?.message}
                          autoFocus={at === 0 && i === 0}
                          {...(name === 'status' && id
                            ? { options: allowedStates(kind, start.status) }
                            : {})}
                        />
                      </div>
                    )}
                  />
                  {twin?.field === name && (
                    <Text size="xs" className={classes.twin ?? ''} role="status">
                      {t('form:duplicate')} <RecordLink id={twin.record.id} />
                    </Text>
                  )}
                </div>
              ))}
            </SimpleGrid>
          </Fieldset>
        ))}
      </Stack>
      <Group className={classes.actions ?? ''} gap="sm">
        <Button type="submit" loading={formState.isSubmitting} disabled={!vault.isWriter()}>
          {id ? t('form:save') : t('form:create')}
        </Button>
        <Button variant="default" onClick={cancel}>
          {t('form:cancel')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('form:keys')}
        </Text>
      </Group>
    </form>
  );
}

function formGroups(kind: KindDef, hidden: readonly string[]) {
  const typed = new Set(typedFields(kind));
  return Object.entries(kind.groups)
    .map(([group, names], i) => ({
      group,
      names: (i === 0 && typed.has('status') ? names.toSpliced(1, 0, 'status') : names).filter(
        (name) => !hidden.includes(name),
      ),
    }))
    .filter(({ names }) => names.length > 0);
}

/** The state now and those it may go to. */
const allowedStates = (kind: KindDef, from: Value | undefined): readonly string[] => {
  const states = kind.lifecycle?.states ?? {};
  const now = typeof from === 'string' ? from : '';
  return now && states[now] ? [now, ...states[now].to] : Object.keys(states);
};
