import { date, defineKind, longText, minutes, number, ref, text } from './define';

/** Service level agreement (6.1.4, 6.1.5). Longest loss and degradation in minutes. */
export const sla = defineKind({
  name: 'sla',
  code: 'SLA',
  clause: '6.1.5',
  place: 'services',
  title: 'name',
  keys: ['name'],
  columns: ['number', 'name', 'status', 'service', 'customer', 'availability', 'validTo'],
  lifecycle: {
    initial: 'draft',
    states: {
      draft: { to: ['agreed'], tone: 'info' },
      agreed: { to: ['draft', 'ended'], tone: 'good' },
      ended: { to: ['draft'], tone: 'neutral' },
    },
  },
  fields: {
    name: text({ required: true, weight: 5 }),
    service: ref('service', { required: true }),
    customer: ref('organisation'),
    validFrom: date(),
    validTo: date({ aliases: ['expiry', 'valid until'] }),
    hours: text(),
    exclusions: longText(),
    targets: longText({ weight: 1 }),
    availability: number({ min: 0, max: 100, unit: 'percent' }),
    workload: longText(),
    longestLoss: minutes(),
    longestDegradation: minutes(),
    degradedLevel: longText(),
    reporting: longText(),
    escalation: longText(),
    reviewDate: date(),
  },
  groups: {
    identity: ['name', 'service', 'customer', 'validFrom', 'validTo'],
    targets: ['hours', 'exclusions', 'targets', 'availability', 'workload'],
    continuity: ['longestLoss', 'longestDegradation', 'degradedLevel'],
    governance: ['reporting', 'escalation', 'reviewDate'],
  },
});
