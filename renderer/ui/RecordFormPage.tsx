/** Creating or changing one record. */
import { Anchor, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { kindOf } from '../../shared/kinds/registry';
import { href } from '../app/hashLocation';
import { paths } from '../app/paths';
import { useVault } from '../app/vaultContext';
import { CreateRecordProvider } from './form/CreateRecordProvider';
import { RecordForm } from './form/RecordForm';
import { KindIcon } from './KindIcon';
import { useLabels } from './labels';
import { MissingRecord } from './MissingRecord';
import { numberOf, titleOf } from './recordTitle';
import { UnknownKind } from './UnknownKind';

interface RecordFormPageProps {
  readonly kind: string;
  readonly id?: string;
  readonly prefill?: Readonly<Record<string, string>>;
}

export function RecordFormPage({ kind: name, id, prefill = {} }: RecordFormPageProps) {
  const { t } = useTranslation();
  const { projection } = useVault();
  const labels = useLabels();
  const [, navigate] = useLocation();
  const record = id ? projection.visible(id) : undefined;
  const kind = kindOf(record?.kind ?? name);
  if (id && !record) return <MissingRecord id={id} />;
  if (!kind) return <UnknownKind kind={name} />;

  // A part is seen inside its parent, so that is where saving and cancelling lead.
  const parent = kind.parent ? (record?.values[kind.parent] ?? prefill[kind.parent]) : undefined;
  const back = id
    ? paths.record(id)
    : typeof parent === 'string'
      ? paths.record(parent)
      : paths.kind(kind.name);
  return (
    <CreateRecordProvider>
      <Stack gap="md" maw={980}>
        <div>
          <Group gap={6}>
            <KindIcon kind={kind.name} color="var(--mantine-color-dimmed)" />
            <Anchor size="sm" c="dimmed" href={href(paths.kind(kind.name))}>
              {labels.plural(kind.name)}
            </Anchor>
          </Group>
          <Title order={2} size="h3">
            {record
              ? `${numberOf(record)} ${titleOf(record)}`.trim()
              : t('form:newTitle', { kind: labels.kindInText(kind.name) })}
          </Title>
        </div>
        <RecordForm
          key={id ?? kind.name}
          kind={kind}
          id={id}
          prefill={prefill}
          draftKey={id ? `edit.${id}` : `new.${kind.name}`}
          onCancel={() => navigate(back)}
          onSaved={(saved) => navigate(id || !parent ? paths.record(saved) : back)}
        />
      </Stack>
    </CreateRecordProvider>
  );
}
