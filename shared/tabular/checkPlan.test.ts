import { expect, test } from 'vitest';
import { kindOf } from '../kinds/registry';
import type { Edit } from '../log/changeset';
import { checkSteps } from './checkPlan';

function run(edits: readonly Edit[]) {
  const steps = checkSteps(edits, { get: () => undefined, kindOf });
  let slices = 0;
  for (let step = steps.next(); ; step = steps.next(), slices++) {
    if (step.done) return { result: step.value, slices };
  }
}

const site = (i: number, name: string): Edit => ({
  do: 'create',
  kind: 'site',
  id: `s${i}`,
  fields: { number: `HQ1-SITE-${i}`, name },
});

test('a plan is checked in slices, so that it can be called off between them', () => {
  const { result, slices } = run(Array.from({ length: 1000 }, (_, i) => site(i, 'Quay')));
  expect(result).toMatchObject({ ok: true });
  expect(slices).toBeGreaterThan(2);
});

test('what the write door would refuse is told before anything is written', () => {
  const edits = Array.from({ length: 600 }, (_, i) => site(i, i === 500 ? '' : 'Quay'));
  expect(run(edits).result).toMatchObject({ ok: false, refusal: { code: 'commit.field' } });
});
