/** Something fails in this program itself while a file is being verified. */
import { expect, test } from 'vitest';
import { webCodec } from '../../renderer/exchange/webCodec';
import { NO_TRUST } from '../../shared/exchange/openSegments';
import type { OpenedFile } from '../../shared/exchange/trust';
import { verifyFile } from '../../shared/exchange/verify';
import { exportFrom, laptop } from './exchangeVault';

const broken = () => {
  throw new Error('the disk is damaged');
};

/** Hashing takes its time, so that whatever else goes on has ended before. */
const slow = (sha256: typeof webCodec.sha256) => ({
  ...webCodec,
  async sha256(bytes: Uint8Array) {
    const hash = await sha256(bytes);
    await new Promise((resolve) => setImmediate(resolve));
    return hash;
  },
});

async function clearFile(): Promise<OpenedFile> {
  const hq = laptop('hq-0', 'hq');
  hq.write({ do: 'create', kind: 'site', id: 'site000000000000', fields: { name: 'Harbour' } });
  const { bytes } = await exportFrom(hq, undefined, { seal: { kind: 'clear' } });
  return bytes as OpenedFile;
}

// An error that nobody waits for would fail the whole run.
test('the error comes to whoever waits for the file', async () => {
  const file = await clearFile();
  const verifying = verifyFile(file, slow(webCodec.sha256), NO_TRUST, undefined, broken);
  await expect(verifying).rejects.toThrow('the disk is damaged');
});

test('what is wrong with the file is said all the same', async () => {
  const file = await clearFile();
  const codec = slow(() => Promise.resolve('0'.repeat(64)));
  const verified = await verifyFile(file, codec, NO_TRUST, undefined, broken);
  expect(verified).toMatchObject({ ok: false, refusal: { code: 'exchange.hash' } });
});
