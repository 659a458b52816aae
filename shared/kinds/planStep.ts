import { choice, defineKind, flag, longText, minutes, number, ref, text } from './define';

/** One recovery step (6.3.1.2 b): opens when every step it comes `after` is done or skipped. */
export const planStep = defineKind({
  name: 'planStep',
  code: 'STEP',
  clause: '6.3.1.2',
  place: 'plans',
  title: 'title',
  keys: ['title'],
  columns: ['plan', 'order', 'phase', 'title', 'owner', 'deputy', 'duration'],
  parent: 'plan',
  order: 'order',
  fields: {
    plan: ref('plan', { required: true }),
    order: number({ integer: true, min: 0, aliases: ['no', 'step'] }),
    phase: choice(['activation', 'recovery', 'validation', 'return', 'reconstitution'], {
      initial: 'recovery',
    }),
    title: text({ required: true, weight: 3 }),
    instructions: longText({ weight: 1, aliases: ['description'] }),
    team: text({ weight: 1 }),
    owner: ref('person'),
    deputy: ref('person'),
    duration: minutes({ aliases: ['planned duration'] }),
    mode: choice(['both', 'drillOnly', 'realOnly'], { initial: 'both' }),
    countsTowardsRto: flag(),
    restores: ref('service'),
  },
  groups: {
    identity: ['plan', 'order', 'phase', 'title', 'instructions'],
    people: ['team', 'owner', 'deputy'],
    timing: ['duration', 'mode', 'countsTowardsRto', 'restores'],
  },
  relations: {
    after: { to: ['planStep'], aliases: ['after', 'predecessor'] },
    worksOn: { to: ['ci'] },
  },
});
