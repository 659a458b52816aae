import { defineKind, flag, longText, text } from './define';

/** Class of configuration items with its naming and version rule (9.1.1, 9.1.3). */
export const ciClass = defineKind({
  name: 'ciClass',
  code: 'CLS',
  clause: '9.1.1',
  place: 'cmdb',
  title: 'name',
  keys: ['name'],
  columns: ['number', 'name', 'namingRule', 'versionRule', 'physical'],
  fields: {
    name: text({ required: true, weight: 4, aliases: ['class'] }),
    description: longText({ weight: 1 }),
    namingRule: text({ aliases: ['naming rule'] }),
    versionRule: text({ aliases: ['version rule'] }),
    physical: flag(),
  },
  groups: { identity: ['name', 'description', 'namingRule', 'versionRule', 'physical'] },
});
