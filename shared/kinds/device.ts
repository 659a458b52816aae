import { choice, defineKind, text } from './define';

/** A laptop or HQ that writes changes, so that history can name the device. Kept by the program. */
export const device = defineKind({
  name: 'device',
  code: 'DEV',
  clause: '9.1.8',
  title: 'name',
  keys: ['name'],
  columns: ['name', 'role', 'prefix'],
  fields: {
    name: text({ required: true, computed: true, weight: 0 }),
    role: choice(['hq', 'site'], { computed: true }),
    prefix: text({ computed: true }),
  },
  groups: {},
});
