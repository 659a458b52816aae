import { choice, defineKind, flag, longText, phone, ref, text } from './define';

/** Places where services run and people work; any of them can be lost. */
export const site = defineKind({
  name: 'site',
  code: 'SIT',
  clause: '6.3.1.2',
  place: 'cmdb',
  title: 'name',
  keys: ['name', 'code'],
  columns: ['number', 'name', 'code', 'type', 'operation', 'region', 'alternate'],
  fields: {
    name: text({ required: true, weight: 5, aliases: ['site', 'location'] }),
    code: text({ weight: 3, max: 40, aliases: ['slug', 'facility code'] }),
    type: choice(['main', 'alternate', 'office', 'branch', 'dataCentre', 'other'], {
      initial: 'office',
    }),
    operation: choice(['active', 'planned', 'closed'], {
      initial: 'active',
      aliases: ['status', 'state'],
      synonyms: { retired: 'closed', decommissioning: 'closed', staging: 'planned' },
    }),
    region: text({ weight: 1 }),
    facility: text({ weight: 1 }),
    organisation: ref('organisation', { aliases: ['tenant', 'customer'] }),
    alternate: ref('site', { aliases: ['alternate site', 'recovery site'] }),
    secureStorage: flag(),
    address: longText({ weight: 1 }),
    access: longText(),
    phone: phone({ weight: 1 }),
    manager: ref('person'),
    notes: longText({ weight: 1, aliases: ['description', 'comments'] }),
  },
  groups: {
    identity: ['name', 'code', 'type', 'operation', 'organisation'],
    place: ['region', 'facility', 'address', 'access', 'phone', 'manager'],
    continuity: ['alternate', 'secureStorage'],
    notes: ['notes'],
  },
  relations: {
    hasContact: { to: ['person'], role: true, aliases: ['contact', 'has contact'] },
  },
});
