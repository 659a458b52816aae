import { choice, date, defineKind, number, ref, text } from './define';

/** One person to be called under a plan: after `calledBy`, in order, else the deputy (6.3.1.2 b). */
export const callNode = defineKind({
  name: 'callNode',
  code: 'CALL',
  clause: '6.3.1.2',
  place: 'plans',
  title: 'role',
  keys: ['role'],
  columns: ['plan', 'order', 'role', 'person', 'deputy', 'calledBy'],
  parent: 'plan',
  order: 'order',
  fields: {
    plan: ref('plan', { required: true }),
    order: number({ integer: true, min: 0 }),
    role: text({ required: true, weight: 2 }),
    person: ref('person', { required: true }),
    deputy: ref('person'),
    calledBy: ref('callNode'),
    channel: choice(['mobile', 'workPhone', 'homePhone', 'radio'], { initial: 'mobile' }),
    within: number({ integer: true, min: 0, unit: 'minutes' }),
    lastVerified: date(),
  },
  groups: {
    identity: ['plan', 'order', 'role', 'person', 'deputy', 'calledBy'],
    timing: ['channel', 'within', 'lastVerified'],
  },
});
