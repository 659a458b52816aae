import { expect, test } from 'vitest';
import { ok, refuse } from '../../shared/result';
import { readPath } from './files';
import { givenFiles } from './givenFiles';

const content = new TextEncoder().encode('content');
const rules = { platform: 'linux', home: '/home/li' } as const;
const asked: string[] = [];
const disk = {
  size: async (path: string) => {
    asked.push(path);
    if (path.includes('gone')) throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    return content.length;
  },
  read: async () => content,
};

test('files of the command line come once, by name, switches and other words aside', async () => {
  let told = 0;
  const given = givenFiles(rules, () => (told += 1), disk);
  given.fromCommandLine(
    ['--no-sandbox', '--file=/x.holdfast', 'a.holdfast', 'notes.txt', 'file:///usb/b.holdfast'],
    '/media',
  );
  given.fromCommandLine(['/media/a.holdfast'], '/');
  given.fromCommandLine(['--flag'], '/');
  given.fromPath('/media/gone.holdfast');
  expect(told).toBe(3);
  asked.length = 0;
  expect(await given.take()).toEqual([
    { name: 'a.holdfast', read: ok(content) },
    { name: 'b.holdfast', read: ok(content) },
    { name: 'gone.holdfast', read: refuse('host.readFailed', { name: 'gone.holdfast' }) },
  ]);
  expect(asked).toEqual(['/media/a.holdfast', '/usb/b.holdfast', '/media/gone.holdfast']);
  expect(await given.take()).toEqual([]);
});

test('a pasted path is read only when it names an exchange file', async () => {
  const read = readPath(rules, disk);
  expect(await read('"~/a.holdfast"')).toEqual(ok({ name: 'a.holdfast', bytes: content }));
  asked.length = 0;
  expect(await read('/etc/passwd')).toEqual(refuse('host.pathEnding', { ending: '.holdfast' }));
  expect(asked).toEqual([]);
});
