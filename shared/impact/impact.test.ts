import { expect, test } from 'vitest';
import { impactOf } from './impact';
import { graphFrom } from './testGraph';

test('losing a site takes what stands in it and everything that needs it', () => {
  const graph = graphFrom({
    nodes: {
      pMain: {},
      pOther: {},
      cRack: { site: 'pMain' },
      cHost: {},
      cFar: { site: 'pOther' },
      sMail: {},
      sPay: {},
      sFar: {},
    },
    links: ['cHost locatedIn cRack', 'sMail dependsOn cHost', 'sPay dependsOn sMail'],
  });
  const impact = impactOf(graph, ['pMain']);
  expect(impact.lost).toEqual(['pMain']);
  expect(impact.affected).toEqual(['cRack', 'cHost', 'sMail', 'sPay']);
  expect(impact.counts).toEqual({ service: 2, ci: 2, site: 1 });
  expect(impact.why('sPay').map((cause) => `${cause.id} ${cause.via.name} ${cause.needs}`)).toEqual(
    ['sPay dependsOn sMail', 'sMail dependsOn cHost', 'cHost locatedIn cRack', 'cRack site pMain'],
  );
  expect(impact.why('pMain')).toEqual([]);
  expect(impact.why('sFar')).toEqual([]);
});

test('a service that names the site itself is lost with it', () => {
  const graph = graphFrom({ nodes: { pMain: {}, sDesk: {} }, links: ['sDesk dependsOn pMain'] });
  expect(impactOf(graph, ['pMain']).affected).toEqual(['sDesk']);
});

const feeds = {
  nodes: {
    cA: { redundancyGroup: 'feeds' },
    cB: { redundancyGroup: ' feeds ' },
    cRack: {},
    sX: {},
  },
  links: ['cRack poweredBy cA', 'cRack poweredBy cB', 'sX dependsOn cRack'],
};

test('a member of a redundancy group is only missed when too few are left', () => {
  const one = impactOf(graphFrom(feeds), ['cA']);
  expect(one.affected).toEqual([]);
  expect(one.saved).toEqual(['cRack', 'sX']);
  expect(one.spared).toEqual([
    { name: 'feeds', up: 1, working: 2, minimum: 1, lost: ['cA'], left: ['cB'] },
  ]);
  const both = impactOf(graphFrom(feeds), ['cA', 'cB']);
  expect(both.affected).toEqual(['cRack', 'sX']);
  expect(both.saved).toEqual([]);
  expect(both.why('cRack')[0]?.group).toMatchObject({ name: 'feeds', up: 0, minimum: 1 });
});

test('a group that needs two of three fails those who need any member', () => {
  const graph = graphFrom({
    nodes: {
      cA: { redundancyGroup: 'quorum', minimumUp: 2 },
      cB: { redundancyGroup: 'quorum', minimumUp: 2 },
      cC: { redundancyGroup: 'quorum' },
      sDb: {},
    },
    links: ['sDb dependsOn cA'],
  });
  expect(impactOf(graph, ['cA']).affected).toEqual([]);
  const impact = impactOf(graph, ['cB', 'cC']);
  expect(impact.affected).toEqual(['sDb']);
  expect(impact.why('sDb')).toHaveLength(1);
});

test('a spare that is not working yet stands in for nobody', () => {
  const graph = graphFrom({
    nodes: {
      cA: { redundancyGroup: 'hosts' },
      cSpare: { redundancyGroup: 'hosts', status: 'received' },
      sX: {},
    },
    links: ['sX dependsOn cA'],
  });
  expect(impactOf(graph, ['cA']).affected).toEqual(['sX']);
  expect(impactOf(graph, ['cSpare']).affected).toEqual([]);
});

test('a group larger on paper than in fact is not down before anything is lost', () => {
  const graph = graphFrom({
    nodes: { cA: { redundancyGroup: 'solo', minimumUp: 5 }, sX: {} },
    links: ['sX dependsOn cA'],
  });
  expect(impactOf(graph, []).affected).toEqual([]);
  expect(impactOf(graph, ['cA']).affected).toEqual(['sX']);
});

test('circles end, and the cause of a member that fell later is the one that broke the group', () => {
  const graph = graphFrom({
    nodes: {
      cA: { redundancyGroup: 'g', minimumUp: 2 },
      cB: { redundancyGroup: 'g' },
      sX: {},
    },
    links: ['sX dependsOn cB', 'cB dependsOn sX'],
  });
  const impact = impactOf(graph, ['cA']);
  expect(impact.affected).toEqual(['sX', 'cB']);
  expect(impact.why('sX').map((cause) => cause.needs)).toEqual(['cB']);
  expect(impact.why('cB').map((cause) => cause.needs)).toEqual(['sX', 'cB']);
});

test('retired services and cancelled items are not part of the picture', () => {
  const graph = graphFrom({
    nodes: { cA: { status: 'cancelled' }, sOld: { status: 'retired' }, sX: {}, cB: {} },
    links: ['sX dependsOn cA', 'sOld dependsOn cB'],
  });
  expect(impactOf(graph, ['cA', 'nobody', 'cB']).affected).toEqual([]);
});

test('an empty vault has no impact', () => {
  expect(impactOf(graphFrom({ nodes: {} }), ['pMain'])).toMatchObject({
    lost: [],
    affected: [],
    saved: [],
    spared: [],
  });
});
