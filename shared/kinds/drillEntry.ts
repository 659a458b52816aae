import { choice, dateTime, defineKind, json, ref, text, longText } from './define';

export const entryTypes = [
  'started',
  'note',
  'decision',
  'stepStarted',
  'stepDone',
  'stepBlocked',
  'stepSkipped',
  'stepReopened',
  'serviceBack',
  'serviceLost',
  'call',
  'paused',
  'resumed',
  'handOver',
  'stoodDown',
] as const;

/** One line of a drill's or invocation's log: append-only, the source of every state shown. */
export const drillEntry = defineKind({
  name: 'drillEntry',
  code: 'LOG',
  clause: '6.3.2.1',
  title: 'text',
  keys: [],
  columns: ['at', 'type', 'text', 'by'],
  parent: 'drill',
  order: 'at',
  appendOnly: true,
  fields: {
    drill: ref('drill', { required: true, computed: true }),
    at: dateTime({ required: true, computed: true }),
    type: choice(entryTypes, { required: true, computed: true }),
    by: text({ computed: true }),
    subject: text({ computed: true }),
    text: longText({ computed: true, weight: 1, max: 10_000 }),
    detail: json(),
  },
  groups: {},
});
