/** The judgement of the run, written by people: rating, strengths, findings, corrective actions. */
import { Button, Radio, Stack, Textarea } from '@mantine/core';
import { useForm, Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { drill as drillKind } from '../../../../shared/kinds/drill';
import type { RecordState } from '../../../../shared/log/record';
import { asText } from '../../../../shared/projection/projection';
import { useCommit } from '../../../app/useCommit';
import { useLabels } from '../../../ui/labels';
import { Section } from './Section';
import own from './Report.module.css';

const TEXTS = ['participants', 'evaluators', 'strengths', 'findings', 'corrective'] as const;
const SHOWN = ['strengths', 'findings', 'corrective'] as const;
type Form = Record<(typeof TEXTS)[number] | 'rating', string>;

interface EvaluationProps {
  readonly drill: RecordState;
  readonly editable: boolean;
}

export function Evaluation({ drill, editable }: EvaluationProps) {
  const { t } = useTranslation();
  return (
    <Section no={7} title={t('report:evaluation')}>
      <Written drill={drill} always={!editable} />
      {editable && <EvaluationForm drill={drill} />}
    </Section>
  );
}

/** As printed, and as read once the report is closed. */
function Written({ drill, always }: { readonly drill: RecordState; readonly always: boolean }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const rating = asText(drill.values.rating);
  return (
    <dl className={own.facts} data-print-only={!always || undefined}>
      <dt>{labels.field('drill', 'rating')}</dt>
      <dd>{rating ? labels.option('drill', 'rating', rating) : t('report:notRated')}</dd>
      {SHOWN.map((field) => (
        <Pair
          key={field}
          label={labels.field('drill', field)}
          text={asText(drill.values[field]) || t('report:nothingWritten')}
        />
      ))}
    </dl>
  );
}

const Pair = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <>
    <dt>{label}</dt>
    <dd className={own.text}>{text}</dd>
  </>
);

function EvaluationForm({ drill }: { readonly drill: RecordState }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const commit = useCommit();
  const values = Object.fromEntries(
    ['rating', ...TEXTS].map((field) => [field, asText(drill.values[field])]),
  ) as Form;
  // Follows what another laptop has written, except in fields that are being typed into.
  const form = useForm<Form>({ values, resetOptions: { keepDirtyValues: true } });
  const { dirtyFields, isDirty } = form.formState;
  const rating = drillKind.fields.rating;

  const save = form.handleSubmit(async (typed) => {
    const fields = Object.fromEntries(
      Object.entries(typed)
        .filter(([field]) => dirtyFields[field as keyof Form])
        .map(([field, value]) => [field, value.trim() || null]),
    );
    const done = await commit([{ do: 'set', id: drill.id, fields }], undefined, t('report:saved'));
    if (done) form.reset(typed);
  });

  return (
    <form
      className={own.form}
      onSubmit={(event) => void save(event)}
      aria-label={t('report:evaluation')}
    >
      <Controller
        control={form.control}
        name="rating"
        render={({ field }) => (
          <Radio.Group
            label={labels.field('drill', 'rating')}
            value={field.value}
            onChange={field.onChange}
          >
            <Stack gap={6} mt={4}>
              {(rating?.type === 'choice' ? rating.options : []).map((option) => (
                <Radio
                  key={option}
                  size="sm"
                  value={option}
                  label={labels.option('drill', 'rating', option)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
      />
      {TEXTS.map((field) => (
        <Textarea
          key={field}
          autosize
          minRows={field === 'evaluators' ? 1 : 2}
          label={labels.field('drill', field)}
          {...form.register(field)}
        />
      ))}
      <Button type="submit" disabled={!isDirty} className={own.save ?? ''}>
        {t('report:save')}
      </Button>
    </form>
  );
}
