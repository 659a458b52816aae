import { expect, test } from 'vitest';
import { createDelivery } from './delivery';

test('what comes before anybody listens is handed to the first who does, once', () => {
  const delivery = createDelivery<string>();
  delivery.bring(['a']);
  delivery.bring(['b']);
  const heard: (readonly string[])[] = [];
  const stop = delivery.listen((items) => heard.push(items));
  delivery.bring(['c']);
  stop();
  delivery.bring(['d']);
  expect(heard).toEqual([['a', 'b'], ['c']]);
  delivery.listen((items) => heard.push(items));
  expect(heard).toEqual([['a', 'b'], ['c'], ['d']]);
});

test('of several listeners only the latest is handed anything', () => {
  const delivery = createDelivery<string>();
  const heard: string[] = [];
  delivery.listen(() => heard.push('first'));
  const stop = delivery.listen(() => heard.push('second'));
  delivery.bring(['a']);
  stop();
  delivery.bring(['b']);
  expect(heard).toEqual(['second', 'first']);
});
