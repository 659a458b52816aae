/** Headquarters and a laptop that worked apart, over real files. */
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import type { Vault } from '../../../renderer/store/vault';
import type { Bytes } from '../../../shared/largeBytes';
import { ok } from '../../../shared/result';
import { freshName, must, open } from '../store/support';

const PASSPHRASE = 'harbour lamp seven ropes';

/** Carries what `from` has and `to` has not confirmed. */
export async function carry(from: Vault, to: Vault): Promise<void> {
  let bytes = new Uint8Array();
  const saveFile = (file: { readonly bytes: Bytes; readonly name: string }) => {
    bytes = new Uint8Array(file.bytes as Uint8Array);
    return Promise.resolve(ok({ name: file.name }));
  };
  const replica = to.device()?.replica;
  must(
    await exportPackage(
      from,
      { saveFile, keepExported: () => Promise.resolve(ok(null)) },
      {
        peer: from.exchange.peers().find((peer) => peer.replica === replica),
        content: 'changes',
        seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 6 },
        filterName: 'Holdfast',
      },
    ),
  );
  const file = { name: 'carried.holdfast', bytes };
  const read = must(await readPackage(to, { file, passphrase: PASSPHRASE }));
  must(await applyPackage(to, read));
}

/** A laptop that starts from what headquarters has. */
export async function laptopOf(hq: Vault, name = 'Harbour', person = 'Li Na'): Promise<Vault> {
  const site = await open(freshName());
  must(await site.setUp({ name, role: 'site', siteCode: 'HB', person }));
  await carry(hq, site);
  return site;
}

/** Both ways, so that both know everything. */
export async function meet(hq: Vault, site: Vault): Promise<void> {
  await carry(site, hq);
  await carry(hq, site);
}
