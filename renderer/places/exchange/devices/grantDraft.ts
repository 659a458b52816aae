/** What headquarters grants a device, as it stands in the form. */
import type { EnrolmentRequest } from '../../../../shared/trust/request';
import type { Certificate, MemberRole } from '../../../../shared/trust/roster';
import type { Grant } from '../../../store/trust';
import { localDay } from '../../../ui/times';
import { grantedKinds, shownKinds } from './kindChoice';

export interface GrantDraft {
  readonly name: string;
  readonly holder: string;
  readonly site: string;
  readonly role: MemberRole;
  /** Null: all. */
  readonly kinds: readonly string[] | null;
  /** Local day `2027-03-31`, the last one on which it may write; null: no end. */
  readonly until: string | null;
  readonly replaces: string | null;
}

export const draftOfRequest = ({ name, person, site }: EnrolmentRequest): GrantDraft => ({
  name,
  holder: person,
  site,
  role: 'field',
  kinds: null,
  until: null,
  replaces: null,
});

export const draftOf = (certificate: Certificate): GrantDraft => ({
  name: certificate.name,
  holder: certificate.holder,
  site: certificate.site,
  role: certificate.role,
  kinds: certificate.kinds && shownKinds(certificate.kinds),
  until: certificate.until === null ? null : localDay(certificate.until),
  replaces: certificate.replaces,
});

/** The last millisecond of that local day. */
export function endOfDay(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).getTime() - 1;
}

export function grantOf(draft: GrantDraft): Grant {
  const { role, kinds, until } = draft;
  const limited = role === 'coordinator' || role === 'field';
  return {
    name: draft.name.trim(),
    holder: draft.holder.trim(),
    site: draft.site.trim(),
    role,
    kinds: role === 'reader' ? [] : limited && kinds ? grantedKinds(kinds) : null,
    until: role !== 'hq' && until ? endOfDay(until) : null,
    replaces: draft.replaces,
  };
}

export type Fault = 'name' | 'holder' | 'site' | 'kinds' | 'until';

/** Keys under `devices:grant.error`. */
export function faultsOf(draft: GrantDraft, now: number): ReadonlySet<Fault> {
  const faults = new Set<Fault>();
  for (const field of ['name', 'holder', 'site'] as const)
    if (!draft[field].trim()) faults.add(field);
  const limited = draft.role === 'coordinator' || draft.role === 'field';
  if (limited && draft.kinds?.length === 0) faults.add('kinds');
  if (draft.role !== 'hq' && draft.until && endOfDay(draft.until) < now) faults.add('until');
  return faults;
}
