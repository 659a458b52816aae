import { defineKind, json, text } from './define';

/**
 * Somebody looked at records that share a name and found them to be different things (9.1.2). It
 * stands until it is deleted; two people can say it at once.
 */
export const distinct = defineKind({
  name: 'distinct',
  code: 'DIS',
  clause: '9.1.2',
  title: 'by',
  keys: [],
  columns: ['by', 'records'],
  fields: {
    by: text({ required: true, computed: true }),
    /** Their ids. */
    records: json(),
  },
  groups: {},
});
