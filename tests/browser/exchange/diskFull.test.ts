/** A disk that fills up while a file is imported, at every row that is written: all of it or nothing. */
import { afterEach, expect, test } from 'vitest';
import { engine } from '../../../renderer/exchange/engine';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { peerOf } from '../../../renderer/exchange/senderOfFile';
import type { Vault } from '../../../renderer/store/vault';
import type { Bytes } from '../../../shared/largeBytes';
import { ok, type Result } from '../../../shared/result';
import { freshName, host, must, newPerson, open, openReady, picture } from '../store/support';

const opened: { name: string; vault: Vault }[] = [];
const { put, add } = IDBObjectStore.prototype;
afterEach(async () => {
  Object.assign(IDBObjectStore.prototype, { put, add });
  for (const { name, vault } of opened.splice(0)) {
    await vault.close();
    indexedDB.deleteDatabase(name);
  }
});

/** From the n-th row on the database takes no more. */
function fillUpAfter(rows: number): void {
  let left = rows;
  const limited = (real: typeof put) =>
    function write(this: IDBObjectStore, ...args: Parameters<typeof put>): IDBRequest<IDBValidKey> {
      if (left-- <= 0) throw new DOMException('full', 'QuotaExceededError');
      return real.apply(this, args);
    };
  Object.assign(IDBObjectStore.prototype, { put: limited(put), add: limited(add) });
}

async function send(from: Vault, to: string | undefined): Promise<Uint8Array> {
  let bytes = new Uint8Array();
  const saveFile = async (file: { name: string; bytes: Bytes }) => {
    bytes = file.bytes as Uint8Array<ArrayBuffer>;
    return ok({ name: file.name });
  };
  const written = await exportPackage(
    from,
    { keepExported: host.keepExported, saveFile },
    {
      peer: to ? peerOf(from, to) : undefined,
      content: 'changes',
      seal: { kind: 'clear' },
      filterName: 'Holdfast',
      engine,
    },
  );
  must(written);
  return bytes;
}

async function bring(to: Vault, bytes: Uint8Array): Promise<Result<unknown>> {
  const ready = must(await readPackage(to, { file: { name: 'x.holdfast', bytes }, engine }));
  return applyPackage(to, ready);
}

test('an import that meets a full disk leaves nothing behind, and works once there is room', async () => {
  const names = { hq: freshName(), laptop: freshName() };
  const hq = await openReady(names.hq);
  const laptop = await open(names.laptop);
  opened.push({ name: names.hq, vault: hq }, { name: names.laptop, vault: laptop });
  must(await laptop.setUp({ name: 'A', role: 'site', siteCode: 'HB', person: 'Li Na' }));
  must(await bring(laptop, await send(hq, undefined)));
  must(await laptop.commit([newPerson(laptop, 'Zhao Min').edit]));
  const file = await send(laptop, hq.device()?.replica);
  const before = picture(hq);
  let refused = 0;
  for (let rows = 0; ; rows++) {
    fillUpAfter(rows);
    const came = await bring(hq, file);
    Object.assign(IDBObjectStore.prototype, { put, add });
    if (came.ok) break;
    expect(came.refusal.code).toBe('commit.diskFull');
    expect(picture(hq)).toEqual(before);
    expect(hq.exchange.waiting()).toEqual([]);
    expect(hq.exchange.peers()).toEqual([]);
    refused++;
  }
  expect(refused).toBeGreaterThan(1);
  expect(picture(hq)).toEqual(picture(laptop));
});
