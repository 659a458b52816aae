import { date, defineKind, longText, ref, text } from './define';

/** Service continuity and availability plan (6.3.1.2). Sections, steps and call tree are parts. */
export const plan = defineKind({
  name: 'plan',
  code: 'PLAN',
  clause: '6.3.1.2',
  place: 'plans',
  title: 'name',
  keys: ['name'],
  columns: ['number', 'name', 'status', 'owner', 'alternateSite', 'reviewDate'],
  lifecycle: {
    initial: 'draft',
    states: {
      draft: { to: ['review'], tone: 'info' },
      review: { to: ['draft', 'approved'], tone: 'warn' },
      approved: { to: ['draft', 'withdrawn'], tone: 'good' },
      withdrawn: { to: ['draft'], tone: 'neutral' },
    },
    approval: { state: 'approved', by: 'approvedBy', on: 'approvedOn' },
  },
  fields: {
    name: text({ required: true, weight: 5 }),
    revision: text({ max: 40 }),
    owner: ref('person'),
    purpose: longText({ weight: 1 }),
    assumptions: longText({ weight: 1 }),
    activation: longText({ weight: 1 }),
    authority: longText({ weight: 1 }),
    alternateSite: ref('site'),
    message: longText({ weight: 1 }),
    reviewDate: date(),
    approvedBy: text(),
    approvedOn: date(),
  },
  groups: {
    identity: ['name', 'revision', 'owner', 'purpose', 'assumptions'],
    activation: ['activation', 'authority', 'alternateSite', 'message'],
    governance: ['reviewDate', 'approvedBy', 'approvedOn'],
  },
  relations: {
    restores: { to: ['service'], aliases: ['restores', 'covers'] },
    covers: { to: ['site', 'ci'], aliases: ['for loss of'] },
    mayInvoke: { to: ['person'], role: true },
    includes: { to: ['document'] },
  },
});
