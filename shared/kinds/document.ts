import { choice, date, defineKind, longText, ref, text } from './define';

/** Controlled document in one of four levels (4.3). */
export const document = defineKind({
  name: 'document',
  code: 'DOC',
  clause: '4.3',
  place: 'management',
  title: 'name',
  keys: ['documentNumber', 'name'],
  columns: ['number', 'documentNumber', 'name', 'level', 'status', 'revision', 'reviewDate'],
  lifecycle: {
    initial: 'draft',
    states: {
      draft: { to: ['review'], tone: 'info' },
      review: { to: ['draft', 'issued'], tone: 'warn' },
      issued: { to: ['draft', 'obsolete'], tone: 'good' },
      obsolete: { to: [], tone: 'bad' },
    },
    approval: { state: 'issued', on: 'issuedOn' },
  },
  fields: {
    documentNumber: text({ weight: 4, aliases: ['document number', 'reference'] }),
    name: text({ required: true, weight: 5, aliases: ['title'] }),
    level: choice(['manual', 'procedure', 'instruction', 'record', 'external'], {
      initial: 'procedure',
    }),
    revision: text({ max: 40, aliases: ['version'] }),
    owner: ref('person'),
    summary: longText({ weight: 2 }),
    location: text({ weight: 1, aliases: ['where kept'] }),
    copy: choice(['controlled', 'uncontrolled'], { initial: 'controlled' }),
    issuedOn: date(),
    reviewDate: date(),
    retention: text(),
  },
  groups: {
    identity: ['documentNumber', 'name', 'level', 'revision', 'owner', 'summary'],
    control: ['location', 'copy', 'issuedOn', 'reviewDate', 'retention'],
  },
});
