import { expect, test } from 'vitest';
import { paragraphOf } from './paragraph';

test('sentences are joined with a space, after a full-width stop without one', () => {
  expect(paragraphOf(['One.', false, 'Two.'])).toBe('One. Two.');
  expect(paragraphOf(['一。', '二。', false])).toBe('一。二。');
  expect(paragraphOf([false])).toBe('');
});
