import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('without options the usual port is left to the server and a browser opens', () => {
  expect(parseOptions([], {})).toEqual({
    ok: true,
    options: { port: undefined, open: true, portable: false, help: false },
  });
});

test('a port must be a port', () => {
  expect(parseOptions(['--port', '5001'], {})).toMatchObject({ ok: true, options: { port: 5001 } });
  for (const port of ['0', '65536', '80.5', 'http', '']) {
    expect(parseOptions([`--port=${port}`], {}), port).toMatchObject({ ok: false });
  }
});

test('no browser opens when asked so, and none in continuous integration', () => {
  expect(parseOptions(['--no-open'], {})).toMatchObject({ options: { open: false } });
  expect(parseOptions([], { CI: 'true' })).toMatchObject({ options: { open: false } });
});

test('an unknown option is a sentence, not a stack trace', () => {
  const parsed = parseOptions(['--no-sandbox'], {});
  expect(parsed).toMatchObject({ ok: false });
  expect(parsed.ok ? '' : parsed.problem).toContain('--no-sandbox');
});
