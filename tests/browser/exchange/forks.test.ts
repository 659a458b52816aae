/** Copied and restored devices, with real stores and real keys. */
import { afterEach, expect, test } from 'vitest';
import type { Peer } from '../../../renderer/store/exchangeStore';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { peerOf } from '../../../renderer/exchange/senderOfFile';
import type { Vault } from '../../../renderer/store/vault';
import { webCodec } from '../../../renderer/exchange/webCodec';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { deviceOf } from '../../../shared/trust/device';
import { openRequest } from '../../../shared/trust/request';
import { copyOf } from './enrolSupport';
import { freshName, host, must, newPerson, open, picture, valueOf } from '../store/support';

const opened: { name: string; vault: Vault }[] = [];
afterEach(async () => {
  for (const { name, vault } of opened.splice(0)) {
    await vault.close();
    indexedDB.deleteDatabase(name);
  }
});

async function start(name: string): Promise<Vault> {
  const vault = await open(name);
  opened.push({ name, vault });
  return vault;
}

async function restart(name: string): Promise<Vault> {
  const at = opened.findIndex((each) => each.name === name);
  await opened[at]?.vault.close();
  opened.splice(at, 1);
  return start(name);
}

async function send(from: Vault, to: Peer): Promise<Uint8Array> {
  let bytes = new Uint8Array();
  const options = {
    peer: to,
    content: 'changes',
    seal: { kind: 'recipients', devices: [deviceOf(to.replica)] },
    filterName: 'Holdfast',
  } as const;
  const saveFile = async (file: { name: string; bytes: Bytes }) => {
    bytes = file.bytes as Uint8Array<ArrayBuffer>;
    return ok({ name: file.name });
  };
  must(await exportPackage(from, { keepExported: host.keepExported, saveFile }, options));
  return bytes;
}

async function bring(to: Vault, bytes: Uint8Array) {
  const ready = must(await readPackage(to, { file: { name: 'x.holdfast', bytes } }));
  must(await applyPackage(to, ready));
  return ready.plan;
}

const replicaOf = (vault: Vault): string => vault.device()?.replica ?? '';
const peer = (of: Vault, who: Vault): Peer => {
  const known = peerOf(of, replicaOf(who));
  if (!known) throw new Error('an unknown peer');
  return known;
};
const carry = async (from: Vault, to: Vault) => bring(to, await send(from, peer(from, to)));

/** Headquarters and a laptop that it has enrolled by file. */
async function enrolled() {
  const names = { hq: freshName(), laptop: freshName() };
  const hq = await start(names.hq);
  must(await hq.setUp({ name: 'HQ', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' }));
  must(await hq.trust.createOrganisation({ name: 'Harbour Works', accepted: {} }));
  const laptop = await start(names.laptop);
  must(await laptop.setUp({ name: 'A', role: 'site', siteCode: 'HB', person: 'Li Na' }));
  const request = must(
    await openRequest(must(await laptop.trust.request()), (k, s, m) => webCodec.verify(k, s, m)),
  );
  must(
    await hq.trust.enrol(deviceOf(request.replica), request.keys, {
      name: 'A',
      holder: 'Li Na',
      site: 'HB',
      role: 'coordinator',
      kinds: null,
      until: null,
    }),
  );
  const joining: Peer = {
    replica: request.replica,
    name: 'A',
    role: 'site',
    have: {},
    sent: {},
    lastIn: undefined,
    lastOut: undefined,
  };
  expect((await bring(laptop, await send(hq, joining))).enrols).toBe(true);
  await carry(laptop, hq);
  return { hq, laptop, names };
}

test('an enrolled laptop and headquarters pass sealed files without a passphrase', async () => {
  const { hq, laptop } = await enrolled();
  expect(laptop.trust.standing()).toBe('member');
  const { id, edit } = newPerson(laptop, 'Zhao Min');
  must(await laptop.commit([edit]));
  const plan = await carry(laptop, hq);
  expect(plan.sender).toBe('proven');
  expect(valueOf(hq, id, 'name')).toBe('Zhao Min');
  expect(hq.exchange.waiting()).toEqual([]);
});

test('two machines with one disk: nothing either wrote is lost, and all agree in the end', async () => {
  const { hq, laptop, names } = await enrolled();
  must(await laptop.commit([newPerson(laptop, 'before the copy').edit]));
  await carry(laptop, hq);
  await laptop.close();
  const copyName = await copyOf(names.laptop);
  let first = await restart(names.laptop);
  let second = await start(copyName);

  const one = newPerson(first, 'one');
  must(await first.commit([one.edit]));
  const two = newPerson(second, 'two');
  must(await second.commit([two.edit, newPerson(second, 'three').edit]));
  must(await second.commit([{ do: 'set', id: two.id, fields: { name: 'two, corrected' } }]));

  await carry(first, hq);
  const forked = await carry(second, hq);
  expect(forked.forked).toEqual([replicaOf(first)]);
  expect(hq.exchange.waiting().map(({ reason }) => reason)).toContain('forked');
  expect(valueOf(hq, two.id, 'name')).toBeUndefined();

  // The copy learns that its branch was given up, and gets the other one along with that.
  const plan = await carry(hq, second);
  expect(plan.replaced).toEqual([replicaOf(first)]);
  expect(second.replaced()).toBe(true);
  expect((await second.commit([newPerson(second, 'too early').edit])).ok).toBe(false);
  second = await restart(copyName);
  expect(replicaOf(second)).not.toBe(replicaOf(first));
  expect(valueOf(second, one.id, 'name')).toBe('one');
  expect(valueOf(second, two.id, 'name')).toBe('two, corrected');

  // What only the copy had said travels under its new replica.
  await carry(second, hq);
  expect(valueOf(hq, two.id, 'name')).toBe('two, corrected');
  await carry(hq, second);
  // Both go by one name, so headquarters sends what the last one to write did not have.
  first = await restart(names.laptop);
  const told = await carry(hq, first);
  expect(told.lacking.map(({ replica }) => replica)).toContain(replicaOf(second));
  await carry(first, hq);
  await carry(hq, first);
  await carry(second, hq);
  await carry(hq, second);
  expect(picture(first)).toEqual(picture(hq));
  expect(picture(second)).toEqual(picture(hq));
});

test('as many changes of a copy confirm nothing, although the file that would have told was lost', async () => {
  const { hq, laptop, names } = await enrolled();
  await laptop.close();
  const copyName = await copyOf(names.laptop);
  const first = await restart(names.laptop);
  let second = await start(copyName);
  const [one, two] = [newPerson(first, 'one'), newPerson(second, 'two')];
  must(await first.commit([one.edit]));
  must(await second.commit([two.edit]));
  await carry(first, hq);
  // Never arrives.
  await send(second, peer(second, hq));

  const told = await carry(hq, second);
  expect(told.receipt.apart).toEqual([replicaOf(first)]);
  expect(told.forked).toEqual([]);
  expect(second.exchange.delivery(two.id)).not.toBe('confirmed');
  // It writes no more under the name that another machine goes by.
  expect(replicaOf(second)).not.toBe(replicaOf(first));

  expect((await carry(second, hq)).forked).toEqual([replicaOf(first)]);
  expect((await carry(hq, second)).replaced).toEqual([replicaOf(first)]);
  second = await restart(copyName);
  await carry(second, hq);
  expect(valueOf(hq, one.id, 'name')).toBe('one');
  expect(valueOf(hq, two.id, 'name')).toBe('two');
  await carry(hq, second);
  expect(picture(second)).toEqual(picture(hq));
});
