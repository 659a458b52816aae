import { dateTime, defineKind, json, text } from './define';

/**
 * Who approved a controlled text (4.3), and exactly what: `covers` holds, per device, the last
 * change of the record, its parts and its relations that the approver had before them. One record
 * for each approval, so that the earlier ones stay readable and two people can approve at once.
 */
export const approval = defineKind({
  name: 'approval',
  code: 'APP',
  clause: '4.3',
  title: 'by',
  keys: [],
  columns: ['subject', 'by', 'at'],
  appendOnly: true,
  fields: {
    /** Id of the record that was approved. */
    subject: text({ required: true, computed: true }),
    by: text({ computed: true }),
    at: dateTime({ required: true, computed: true }),
    covers: json(),
    /** Ids of its parts at that time. */
    parts: json(),
  },
  groups: {},
});
