import { choice, date, defineKind, longText, minutes, ref, text } from './define';

/** Entry of the service catalogue (6.1.1-6.1.4). RTO, RPO and MTPD in minutes. */
export const service = defineKind({
  name: 'service',
  code: 'SVC',
  clause: '6.1.1',
  place: 'services',
  title: 'name',
  keys: ['name'],
  columns: ['number', 'name', 'status', 'criticality', 'rto', 'rpo', 'mtpd', 'owner'],
  lifecycle: {
    initial: 'live',
    states: {
      planned: { to: ['live', 'retired'], tone: 'info' },
      live: { to: ['retired'], tone: 'good' },
      retired: { to: ['live'], tone: 'neutral' },
    },
  },
  fields: {
    name: text({ required: true, weight: 5, aliases: ['service', 'service name'] }),
    family: text({ weight: 1, aliases: ['category'] }),
    status: choice([], {
      synonyms: { active: 'live', production: 'live', operational: 'live', inactive: 'retired' },
    }),
    description: longText({ weight: 2 }),
    owner: ref('person', { aliases: ['service owner'] }),
    target: longText({ weight: 1 }),
    contactInterface: text({ weight: 1 }),
    hours: text({ aliases: ['service hours'] }),
    exceptions: longText(),
    security: longText(),
    criticality: choice(['critical', 'high', 'medium', 'low'], {
      initial: 'medium',
      aliases: ['priority', 'business criticality'],
    }),
    rto: minutes(),
    rpo: minutes(),
    mtpd: minutes({ aliases: ['mtd', 'mao'] }),
    mbco: text({ aliases: ['minimum level'] }),
    workaround: longText({ weight: 1 }),
    reviewDate: date(),
  },
  groups: {
    identity: ['name', 'family', 'owner', 'description'],
    continuity: ['criticality', 'rto', 'rpo', 'mtpd', 'mbco', 'workaround'],
    level: ['target', 'contactInterface', 'hours', 'exceptions', 'security', 'reviewDate'],
  },
  relations: {
    dependsOn: {
      to: ['service', 'ci', 'site'],
      needs: true,
      aliases: ['depends on', 'supported by', 'uses'],
    },
    deliveredTo: { to: ['organisation'], aliases: ['delivered to', 'customer'] },
    suppliedBy: { to: ['organisation'], aliases: ['supplied by', 'supplier'] },
  },
});
