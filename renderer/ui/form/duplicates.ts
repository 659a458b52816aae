import type { KindDef } from '../../../shared/kinds/define';
import type { RecordState } from '../../../shared/log/record';
import type { Projection } from '../../../shared/projection/projection';
import { folded } from '../table/rows';
import type { FormValues } from './formValues';

/** Another record with the same natural key, if any: worth a remark, never a refusal. */
export function duplicateOf(
  projection: Projection,
  kind: KindDef,
  own: string | undefined,
  values: FormValues,
): { readonly field: string; readonly record: RecordState } | undefined {
  for (const field of kind.parent ? [] : kind.keys) {
    const value = values[field];
    if (typeof value !== 'string' || !value.trim()) continue;
    const wanted = folded(value.trim());
    const record = projection
      .records(kind.name)
      .find(
        (other) =>
          other.id !== own &&
          typeof other.values[field] === 'string' &&
          folded(other.values[field]) === wanted,
      );
    if (record) return { field, record };
  }
  return undefined;
}
