import { defineKind, number, text } from './define';
import { LINK } from '../log/change';

/** A relation between two records; id derived from its ends. Kept by the program. */
export const link = defineKind({
  name: LINK,
  code: 'LNK',
  clause: '9.1.2',
  title: 'rel',
  keys: [],
  columns: ['from', 'rel', 'to', 'role'],
  fields: {
    from: text({ required: true, computed: true }),
    rel: text({ required: true, computed: true }),
    to: text({ required: true, computed: true }),
    role: text({ computed: true }),
    order: number({ computed: true }),
  },
  groups: {},
});
