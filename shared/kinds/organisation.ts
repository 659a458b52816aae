import { choice, defineKind, email, longText, phone, ref, text } from './define';

/** Directory of customers, suppliers and interested parties (7.1.1, 7.2). */
export const organisation = defineKind({
  name: 'organisation',
  code: 'ORG',
  clause: '7.1.1',
  place: 'contacts',
  title: 'name',
  keys: ['name', 'shortName'],
  columns: ['number', 'name', 'type', 'phone', 'relationshipOwner'],
  fields: {
    name: text({ required: true, weight: 5, aliases: ['organisation', 'company', 'tenant'] }),
    shortName: text({ weight: 3, aliases: ['slug', 'code'] }),
    type: choice(['unit', 'customer', 'supplier', 'authority', 'other'], {
      required: true,
      initial: 'customer',
      synonyms: { customers: 'customer', suppliers: 'supplier', vendor: 'supplier' },
    }),
    relationshipOwner: ref('person'),
    phone: phone({ weight: 1 }),
    emergencyPhone: phone({ weight: 1, aliases: ['emergency line', 'hotline'] }),
    account: text({ weight: 1, aliases: ['account', 'customer number', 'account number'] }),
    email: email({ weight: 1 }),
    address: longText({ weight: 1 }),
    notes: longText({ weight: 1, aliases: ['comments', 'comment', 'description', 'notes'] }),
  },
  groups: {
    identity: ['name', 'shortName', 'type', 'relationshipOwner'],
    contact: ['phone', 'emergencyPhone', 'account', 'email', 'address'],
    notes: ['notes'],
  },
});
