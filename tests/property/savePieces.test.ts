/** The page's half and the shell's half of saving a large file, put together. */
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { largeSaves } from '../../electron/main/largeSaves';
import { savePieces } from '../../renderer/host/savePieces';
import { PIECE } from '../../shared/largeBytes';
import { ok } from '../../shared/result';

test('a blob crosses piece by piece, and is whole on the disk', async () => {
  const folder = await fs.mkdtemp(join(tmpdir(), 'holdfast-pieces-'));
  const saves = largeSaves();
  const begun = await saves.begin(join(folder, 'a.holdfast'));
  if (!begun.ok) throw new Error(begun.refusal.code);
  const content = new Uint8Array(2 * PIECE + 77).map((_, i) => (i >> 10) % 251);
  const sizes: number[] = [];
  const watched = {
    ...saves,
    writeSave: (piece: { readonly id: string; readonly bytes: Uint8Array }) => {
      sizes.push(piece.bytes.length);
      return saves.writeSave(piece);
    },
  };
  expect(await savePieces(watched, begun.value, new Blob([content]))).toEqual(
    ok({ name: 'a.holdfast' }),
  );
  expect(sizes).toEqual([PIECE, PIECE, 77]);
  const written = await fs.readFile(join(folder, 'a.holdfast'));
  expect(Buffer.compare(written, content)).toBe(0);
  await fs.rm(folder, { recursive: true });
});
