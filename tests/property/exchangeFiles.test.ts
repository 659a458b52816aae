/** Invariants of exchange at the level of whole files (I1, I2, I3, I6, I7, I8). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportFrom, fleet, importInto, view, type Laptop, type Sent } from './exchangeVault';

type Step =
  | { readonly do: 'write'; readonly who: number; readonly id: number; readonly value: string }
  | { readonly do: 'delete'; readonly who: number; readonly id: number }
  | { readonly do: 'send'; readonly who: number; readonly to: number; readonly now: boolean };

const who = fc.nat({ max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    who,
    id: fc.nat({ max: 1 }),
    value: fc
      .string({ maxLength: 4 })
      .filter((text) => text.isWellFormed() && !text.includes('\0')),
  }),
  fc.record({ do: fc.constant('delete' as const), who, id: fc.nat({ max: 1 }) }),
  fc.record({ do: fc.constant('send' as const), who, to: who, now: fc.boolean() }),
);

interface Addressed extends Sent {
  readonly to: Laptop;
}

const idOf = (n: number) => `ci0000000000000${n}`;

/** Runs the steps. Some files arrive at once; all are kept by whoever carries the sticks. */
async function play(machines: readonly Laptop[], steps: readonly Step[]): Promise<Addressed[]> {
  const sticks: Addressed[] = [];
  for (const s of steps) {
    const machine = machines[s.who];
    if (!machine) continue;
    if (s.do === 'send') {
      const to = machines[s.to];
      const known = machine.vault.exchange.peers().some((p) => p.replica === to?.replica);
      if (!to || !known) continue;
      const stick = { ...(await exportFrom(machine, to.replica)), to };
      sticks.push(stick);
      if (s.now) await importInto(to, stick);
      continue;
    }
    const id = idOf(s.id);
    if (s.do === 'delete') machine.write({ do: 'delete', id });
    else if (machine.vault.projection.get(id)) {
      machine.write({ do: 'set', id, fields: { name: s.value } });
    } else machine.write({ do: 'create', kind: 'ci', id, fields: { name: s.value } });
  }
  return sticks;
}

/** Files until nobody has anything new: what time brings when files stop getting lost. */
async function settle(hq: Laptop, sites: readonly Laptop[]): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const site of sites) await importInto(hq, await exportFrom(site, hq.replica));
    for (const site of sites) await importInto(site, await exportFrom(hq, site.replica));
  }
}

const RUNS = { numRuns: 40 };

test('any loss, order, duplication and interleaving of files converges (I1, I3)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 24 }),
      fc.infiniteStream(fc.nat()),
      fc.integer({ min: -10, max: 10 }),
      async (steps, dice, years) => {
        const { hq, sites } = await fleet(['a-0', 'b-0']);
        const machines = [hq, ...sites];
        const first = sites[0];
        if (first) first.skewMs = years * 31_557_600_000;
        const half = Math.floor(steps.length / 2);
        const sticks = await play(machines, steps.slice(0, half));
        for (let i = 0; i < sticks.length; i++) {
          // Any stick, some twice, some never.
          const stick = sticks[(dice.next().value ?? 0) % sticks.length];
          if (stick) await importInto(stick.to, stick);
        }
        await play(machines, steps.slice(half));
        await settle(hq, sites);
        const views = machines.map(view);
        expect(new Set(views).size).toBe(1);
      },
    ),
    RUNS,
  );
});

test('importing a file again changes nothing (I2)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { hq, sites } = await fleet(['a-0', 'b-0']);
      const sticks = await play([hq, ...sites], steps);
      for (const stick of sticks) {
        await importInto(stick.to, stick);
        const before = view(stick.to);
        const inbox = stick.to.vault.exchange.waiting();
        const again = await importInto(stick.to, stick);
        expect(again.plan.changes).toEqual([]);
        expect(again.before?.id).toBe(stick.entry.id);
        expect(view(stick.to)).toBe(before);
        expect(stick.to.vault.exchange.waiting()).toEqual(inbox);
      }
    }),
    RUNS,
  );
});

test('a dry run touches nothing and says what applying then does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { hq, sites } = await fleet(['a-0', 'b-0']);
      for (const stick of await play([hq, ...sites], steps)) {
        const { vault } = stick.to;
        const ids = new Set([...vault.projection.all()].map((r) => r.id));
        const { plan } = await importInto(stick.to, stick);
        const created = [...vault.projection.all()].filter((r) => !ids.has(r.id)).length;
        const { records, relations } = plan.dryRun;
        expect(records.new + relations.new).toBeLessThanOrEqual(created);
        for (const item of plan.dryRun.items) {
          const conflict = vault.projection.conflicts().has(item.id);
          expect(conflict).toBe(item.outcome === 'conflicting');
        }
      }
    }),
    RUNS,
  );
});

test('a receipt is sound: nobody is believed to have what it does not have (I8)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const { hq, sites } = await fleet(['a-0', 'b-0']);
      const machines = [hq, ...sites];
      for (const stick of await play(machines, steps)) await importInto(stick.to, stick);
      for (const machine of machines) {
        for (const peer of machine.vault.exchange.peers()) {
          const truth = machines.find((m) => m.replica === peer.replica);
          const have = truth?.vault.projection.have() ?? {};
          for (const [r, s] of Object.entries(peer.have)) {
            expect(have[r] ?? 0).toBeGreaterThanOrEqual(s);
          }
        }
      }
    }),
    RUNS,
  );
});
