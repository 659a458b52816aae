/** Which column goes where. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/kinds/registry';
import type { Mapping } from '../../../shared/tabular/mapping';
import { useVault } from '../../app/vaultContext';
import { useLabels } from '../../ui/labels';
import { Footer } from './Footer';
import classes from './Importer.module.css';
import { useImporter } from './importerStore';
import { LinkColumns } from './LinkColumns';
import { RecordColumns } from './RecordColumns';

export function ColumnsStep() {
  const { t } = useTranslation();
  const labels = useLabels();
  const vault = useVault();
  const { mapping, go, planRows } = useImporter();
  if (!mapping) return null;
  const missing = missingFields(mapping);
  const names =
    mapping.as === 'records' ? missing.map((field) => labels.field(mapping.kind, field)) : [];
  const ready = mapping.as === 'records' ? true : isComplete(mapping);
  return (
    <div className={classes.fill}>
      <div className={`${classes.grow} ${classes.body}`}>
        {mapping.as === 'records' ? (
          <RecordColumns mapping={mapping} />
        ) : (
          <LinkColumns mapping={mapping} />
        )}
      </div>
      {names.length > 0 && (
        <Alert color="yellow" py={6} role="status">
          {t('import:columns.required', { names: names.join(', ') })}
        </Alert>
      )}
      <Footer onBack={() => go('content')}>
        <Button size="sm" disabled={!ready} onClick={() => void planRows(vault)}>
          {t('import:next')}
        </Button>
      </Footer>
    </div>
  );
}

/** Required fields that neither a column nor a constant fills: new records would be refused. */
function missingFields(mapping: Mapping): readonly string[] {
  if (mapping.as === 'links') return [];
  const given = new Set([
    ...Object.values(mapping.columns).map((column) => column.field),
    ...Object.keys(mapping.constants).filter((name) => mapping.constants[name]),
  ]);
  return Object.entries(kindOf(mapping.kind)?.fields ?? {})
    .filter(([name, field]) => field.required && !field.computed && !given.has(name))
    .map(([name]) => name);
}

const isComplete = (mapping: Extract<Mapping, { as: 'links' }>): boolean =>
  Boolean(
    mapping.from &&
    mapping.to &&
    ('name' in mapping.relation ? mapping.relation.name : mapping.relation.column),
  );
