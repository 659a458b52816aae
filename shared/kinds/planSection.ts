import { choice, defineKind, longText, number, ref, text } from './define';

/** A part of a plan's text, a record of its own so that two people can edit in parallel. */
export const planSection = defineKind({
  name: 'planSection',
  code: 'SEC',
  clause: '6.3.1.2',
  place: 'plans',
  title: 'title',
  keys: ['title'],
  columns: ['plan', 'order', 'topic', 'title'],
  parent: 'plan',
  order: 'order',
  fields: {
    plan: ref('plan', { required: true }),
    order: number({ integer: true, min: 0 }),
    topic: choice(
      [
        'organisation',
        'notification',
        'damageAssessment',
        'scenario',
        'strategy',
        'resources',
        'validation',
        'returnToNormal',
        'standDown',
        'dependencies',
        'other',
      ],
      { initial: 'other' },
    ),
    title: text({ required: true, weight: 3 }),
    body: longText({ weight: 1 }),
  },
  groups: { identity: ['plan', 'order', 'topic', 'title', 'body'] },
});
