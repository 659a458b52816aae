/** Addresses within the program (hash routes), so that screens link to each other in one way. */
import type { Place } from '../../shared/kinds/define';
import type { RecordId } from '../../shared/log/change';

const part = encodeURIComponent;

export const paths = {
  start: '/',
  place: (place: Place) => `/place/${place}`,
  /** The table of a kind. */
  kind: (kind: string) => `/kind/${part(kind)}`,
  /** A new record; `?plan=<id>` and the like prefill ref fields. */
  create: (kind: string, prefill: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams(prefill).toString();
    return `/new/${part(kind)}${query ? `?${query}` : ''}`;
  },
  record: (id: RecordId) => `/record/${part(id)}`,
  edit: (id: RecordId) => `/record/${part(id)}/edit`,
  respond: '/respond',
  /** Choosing what is lost, then real or drill. */
  declare: '/respond/declare',
  run: (drill: RecordId) => `/respond/run/${part(drill)}`,
  report: (drill: RecordId) => `/respond/report/${part(drill)}`,
  exchange: '/exchange',
  /** Files, sites, or what needs attention. */
  exchangeTab: (tab: 'files' | 'sites' | 'attention') => `/exchange/${tab}`,
  /** Who belongs to the organisation; on a laptop that does not yet: how it asks. */
  devices: '/exchange/devices',
  /** What people have to decide: conflicts, duplicates, texts changed since approval. */
  review: '/review',
  reviewOf: (id: RecordId) => `/review?record=${part(id)}`,
  duplicates: '/review/duplicates',
  approvals: '/review/approvals',
  importSheet: '/import',
  settings: '/settings',
} as const;
