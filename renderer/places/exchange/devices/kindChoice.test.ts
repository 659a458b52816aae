import { expect, test } from 'vitest';
import { kinds } from '../../../../shared/kinds/registry';
import { mayWrite } from '../../../../shared/trust/standing';
import type { Certificate } from '../../../../shared/trust/roster';
import { grantedKinds, kindGroups, shownKinds } from './kindChoice';

const every = kindGroups.flatMap((group) => group.kinds);

test('whoever may write a plan may write its steps, sections and call tree, and what is put to it', () => {
  expect(grantedKinds(['plan'])).toEqual(
    expect.arrayContaining([
      'plan',
      'planStep',
      'planSection',
      'callNode',
      'attachment',
      'approval',
    ]),
  );
  expect(grantedKinds(['plan'])).not.toContain('ci');
});

test('every kind ticked one by one may write all that anybody may', () => {
  const certificate = { role: 'field', kinds: grantedKinds(every) } as unknown as Certificate;
  const refused = kinds.filter(
    ({ name }) => name !== 'device' && !mayWrite(certificate, { k: name, id: 'x', r: 'a-0' }),
  );
  expect(refused).toEqual([]);
});

test('nothing ticked is nothing granted, attachments neither', () => {
  expect(grantedKinds([])).toEqual([]);
});

test('what was ticked is what is shown again', () => {
  expect(shownKinds(grantedKinds(['plan', 'person']))).toEqual(['plan', 'person']);
  expect(shownKinds(['kindOfNextYear'])).toEqual(['kindOfNextYear']);
});
