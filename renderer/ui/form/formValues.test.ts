import { expect, test } from 'vitest';
import { person } from '../../../shared/kinds/person';
import { service } from '../../../shared/kinds/service';
import { emptyRecord } from '../../../shared/log/record';
import { changedFields, formErrors, startValues, tidied } from './formValues';

test('only what the person changed is written', () => {
  const record = {
    ...emptyRecord('p', 'person'),
    values: { name: 'Li Na', unit: 'Quay', mobile: '1' },
  };
  const start = startValues(person, record, {});
  const now = { ...start, unit: '', mobile: '2', notes: '' };
  expect(changedFields(start, now)).toEqual({ unit: null, mobile: '2' });
});

test('a new record starts with the first state, initial choices and what the address gives', () => {
  const start = startValues(service, undefined, { name: 'Ferry', rto: '90', nonsense: 'x' });
  expect(start).toMatchObject({ status: 'live', criticality: 'medium', name: 'Ferry', rto: null });
  expect(start).not.toHaveProperty('nonsense');
  expect(changedFields({}, start)).toEqual({
    status: 'live',
    criticality: 'medium',
    name: 'Ferry',
  });
});

test('what cannot be read is refused at its own field', () => {
  const start = startValues(service, undefined, {});
  const errors = formErrors(service, start, tidied({ ...start, name: '  ', rto: 'soon' }));
  expect(errors).toEqual({ name: { code: 'field.required' }, rto: { code: 'field.number' } });
});

test('a state that the lifecycle does not allow from here is refused', () => {
  const record = { ...emptyRecord('s', 'service'), values: { name: 'Ferry', status: 'retired' } };
  const start = startValues(service, record, {});
  expect(formErrors(service, start, { ...start, status: 'planned' })).toHaveProperty('status');
  expect(formErrors(service, start, { ...start, status: 'live' })).toEqual({});
});
