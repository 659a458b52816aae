import { ANY_KIND, dateTime, defineKind, longText, number, ref, text } from './define';

/**
 * A photo, diagram or document on a record of any kind (4.3). The record travels like every other;
 * its bytes are named by their SHA-256 and may come later.
 */
export const attachment = defineKind({
  name: 'attachment',
  code: 'ATT',
  clause: '4.3',
  title: 'name',
  keys: [],
  columns: ['of', 'name', 'type', 'size'],
  parent: 'of',
  fields: {
    of: ref(ANY_KIND, { required: true, computed: true }),
    name: text({ required: true, weight: 2, max: 200 }),
    caption: longText({ weight: 2, max: 4000 }),
    takenAt: dateTime(),
    type: text({ required: true, computed: true, max: 100 }),
    size: number({ required: true, computed: true, integer: true, min: 1, unit: 'bytes' }),
    sha256: text({ required: true, computed: true, max: 64 }),
  },
  groups: { identity: ['name', 'caption', 'takenAt'] },
});
