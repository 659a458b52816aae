/** A stored value as people read it on a page: links lead somewhere, telephones can be dialled. */
import { Anchor, Group } from '@mantine/core';
import type { KindDef } from '../../shared/kinds/define';
import { isEmpty } from '../../shared/kinds/validate';
import type { Value } from '../../shared/log/change';
import { formatValue } from './formatValue';
import { RecordLink } from './RecordLink';
import { StatusBadge } from './StatusBadge';
import { Tone } from './Tone';
import { useFormat } from './useFormat';
import classes from './ui.module.css';

interface FieldValueProps {
  readonly kind: KindDef;
  readonly name: string;
  readonly value: Value | undefined;
}

export function FieldValue({ kind, name, value }: FieldValueProps) {
  const format = useFormat();
  if (isEmpty(value)) return <span className={classes.missing}>—</span>;
  const text = formatValue(format, kind, name, value);
  if (name === 'status' && kind.lifecycle) return <StatusBadge kind={kind} value={value} />;
  switch (kind.fields[name]?.type) {
    case 'ref':
      return typeof value === 'string' ? <RecordLink id={value} /> : text;
    case 'longText':
      return <div className={classes.longText}>{text}</div>;
    case 'phone':
      return (
        <Anchor inherit href={`tel:${text.replaceAll(/[^\d+#*]/g, '')}`}>
          {text}
        </Anchor>
      );
    case 'email':
      return (
        <Anchor inherit href={`mailto:${text}`}>
          {text}
        </Anchor>
      );
    case 'tags':
      return (
        <Group gap={6}>
          {Array.isArray(value) &&
            value.map((tag) => (
              <Tone key={String(tag)} tone="neutral">
                {String(tag)}
              </Tone>
            ))}
        </Group>
      );
    default:
      return text;
  }
}
