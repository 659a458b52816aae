/** Names of kinds, fields, options and relations in the person's language. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Labels {
  /** `en` or `zh-CN`. */
  readonly locale: string;
  kind(kind: string): string;
  plural(kind: string): string;
  /** Both as they stand inside a sentence. */
  kindInText(kind: string): string;
  pluralInText(kind: string): string;
  field(kind: string, field: string): string;
  help(kind: string, field: string): string | undefined;
  option(kind: string, field: string, option: string): string;
  group(kind: string, group: string): string;
  relation(kind: string, relation: string): string;
  /** The relation read from its far end. */
  inverse(kind: string, relation: string): string;
  unit(unit: string): string;
}

type Translate = (
  key: string | readonly string[],
  options?: Readonly<Record<string, unknown>>,
) => string;

/** `Plan step` becomes `plan step`; `CI class` and `SLA` stay. Chinese has no case. */
const inText = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

function createLabels(t: Translate, locale: string): Labels {
  const named = (key: string, fallback: string) => t(`kinds:${key}`, { defaultValue: fallback });
  return {
    locale,
    kind: (kind) => named(`${kind}.label`, kind),
    plural: (kind) => named(`${kind}.plural`, kind),
    kindInText: (kind) => inText(named(`${kind}.label`, kind)),
    pluralInText: (kind) => inText(named(`${kind}.plural`, kind)),
    field: (kind, field) => named(`${kind}.fields.${field}`, field),
    help: (kind, field) => named(`${kind}.help.${field}`, '') || undefined,
    option: (kind, field, option) => named(`${kind}.options.${field}.${option}`, option),
    group: (kind, group) => named(`${kind}.groups.${group}`, group),
    relation: (kind, relation) => named(`${kind}.relations.${relation}.label`, relation),
    inverse: (kind, relation) => named(`${kind}.relations.${relation}.inverse`, relation),
    unit: (unit) => t(`units:${unit}`, { defaultValue: unit }),
  };
}

export function useLabels(): Labels {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  return useMemo(() => createLabels(t as Translate, locale), [t, locale]);
}
