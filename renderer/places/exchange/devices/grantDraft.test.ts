import { expect, test } from 'vitest';
import { draftOf, endOfDay, faultsOf, grantOf, type GrantDraft } from './grantDraft';

const draft: GrantDraft = {
  name: ' Harbour 2 ',
  holder: 'Li Na',
  site: 'HB1',
  role: 'field',
  kinds: null,
  until: null,
  replaces: null,
};
const NOW = new Date(2026, 10, 23, 12).getTime();

test('a grant to the last day holds to the end of that day, local time, and reads back the same', () => {
  const { until } = grantOf({ ...draft, until: '2027-02-28' });
  expect(new Date((until ?? 0) + 1)).toEqual(new Date(2027, 2, 1));
  const certificate = { ...grantOf({ ...draft, until: '2027-02-28', kinds: ['plan'] }) };
  expect(
    draftOf({ ...certificate, device: 'a', keys: { sign: '', box: '' }, from: 0, replaces: null }),
  ).toEqual({ ...draft, name: 'Harbour 2', until: '2027-02-28', kinds: ['plan'] });
  expect(endOfDay('2026-12-31') + 1).toBe(new Date(2027, 0, 1).getTime());
});

test('headquarters is limited neither in kinds nor in time, a reader writes nothing', () => {
  const limited = { ...draft, kinds: ['plan'], until: '2027-01-01' } as const;
  expect(grantOf({ ...limited, role: 'hq' })).toMatchObject({ kinds: null, until: null });
  expect(grantOf({ ...limited, role: 'reader' }).kinds).toEqual([]);
});

test('an empty name, no kind at all and a day gone by are told beside their fields', () => {
  expect([...faultsOf(draft, NOW)]).toEqual([]);
  expect([...faultsOf({ ...draft, holder: '  ', kinds: [], until: '2026-11-22' }, NOW)]).toEqual([
    'holder',
    'kinds',
    'until',
  ]);
  expect([...faultsOf({ ...draft, until: '2026-11-23' }, NOW)]).toEqual([]);
  expect([...faultsOf({ ...draft, role: 'reader', kinds: [] }, NOW)]).toEqual([]);
});
