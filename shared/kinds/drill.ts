import { choice, date, dateTime, defineKind, json, longText, ref, text } from './define';

/**
 * A drill (6.3.2.1) or a real invocation of a plan: one kind, because both run the same way. What
 * happens in it is written as `drillEntry` records; `frozen` holds the plan, people and service
 * targets as they stood when it began, so the report stays true after they change.
 */
export const drill = defineKind({
  name: 'drill',
  code: 'RUN',
  clause: '6.3.2.1',
  place: 'respond',
  title: 'name',
  keys: ['name'],
  columns: ['number', 'name', 'mode', 'exercise', 'status', 'plan', 'startedAt', 'coordinator'],
  lifecycle: {
    initial: 'planned',
    states: {
      planned: { to: ['running', 'calledOff'], tone: 'info' },
      running: { to: ['stoodDown'], tone: 'warn' },
      stoodDown: { to: ['reported'], tone: 'info' },
      reported: { to: ['stoodDown'], tone: 'good' },
      calledOff: { to: ['planned'], tone: 'neutral' },
    },
  },
  fields: {
    name: text({ required: true, weight: 5 }),
    mode: choice(['drill', 'real'], { required: true, initial: 'drill' }),
    exercise: choice(['walkthrough', 'tabletop', 'simulation', 'functional', 'fullScale'], {
      initial: 'functional',
    }),
    plan: ref('plan'),
    site: ref('site'),
    plannedOn: date(),
    coordinator: text({ weight: 1 }),
    objectives: longText({ weight: 1 }),
    scope: longText(),
    scenario: longText({ weight: 1 }),
    controllers: text(),
    evaluators: text(),
    participants: longText({ weight: 1 }),
    safetyWord: text({ max: 60 }),
    rules: longText(),
    rating: choice(['noChallenges', 'someChallenges', 'majorChallenges', 'unable'], {}),
    strengths: longText({ weight: 1 }),
    findings: longText({ weight: 1 }),
    corrective: longText({ weight: 1 }),
    startedAt: dateTime({ computed: true }),
    stoodDownAt: dateTime({ computed: true }),
    frozen: json(),
  },
  groups: {
    identity: ['name', 'mode', 'exercise', 'plan', 'site', 'plannedOn', 'coordinator'],
    exercise: ['objectives', 'scope', 'scenario', 'safetyWord', 'rules'],
    people: ['controllers', 'evaluators', 'participants'],
    evaluation: ['rating', 'strengths', 'findings', 'corrective'],
  },
  relations: { lost: { to: ['site', 'service', 'ci'] } },
});
