import { date, defineKind, email, flag, longText, phone, ref, text } from './define';

/** People to call (7.1.1); last verified feeds readiness (6.3.1.2 c). */
export const person = defineKind({
  name: 'person',
  code: 'PER',
  clause: '7.1.1',
  place: 'contacts',
  title: 'name',
  keys: ['name', 'email'],
  columns: ['number', 'name', 'jobTitle', 'organisation', 'mobile', 'email', 'lastVerified'],
  fields: {
    name: text({ required: true, weight: 5, aliases: ['contact', 'full name'] }),
    jobTitle: text({ weight: 2, aliases: ['title', 'job title', 'role', 'position'] }),
    organisation: ref('organisation', { aliases: ['company', 'group'] }),
    unit: text({ weight: 1, aliases: ['department', 'team'] }),
    site: ref('site'),
    workPhone: phone({ weight: 1, aliases: ['phone', 'telephone', 'work phone'] }),
    mobile: phone({ weight: 1, aliases: ['mobile', 'cell', 'mobile phone'] }),
    homePhone: phone({ weight: 1, confidential: true }),
    radio: text({ weight: 1, aliases: ['satellite', 'radio'] }),
    email: email({ weight: 1, aliases: ['mail', 'e-mail'] }),
    address: longText({ confidential: true }),
    language: text({ max: 60 }),
    hours: text({ aliases: ['availability'] }),
    confidential: flag(),
    lastVerified: date({ aliases: ['verified'] }),
    notes: longText({ weight: 1, aliases: ['comments', 'description'] }),
  },
  groups: {
    identity: ['name', 'jobTitle', 'organisation', 'unit', 'site'],
    contact: ['workPhone', 'mobile', 'homePhone', 'radio', 'email', 'address'],
    availability: ['language', 'hours', 'confidential', 'lastVerified'],
    notes: ['notes'],
  },
});
