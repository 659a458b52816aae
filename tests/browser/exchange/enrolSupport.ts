/** Files between vaults as people carry them: what one saves is what the other opens. */
import { exportPackage, type SealChoice } from '../../../renderer/exchange/exportFile';
import { peerFor } from '../../../renderer/exchange/receivers';
import {
  enrolDevice,
  foundOrganisation,
  readRequest,
  writeRequest,
} from '../../../renderer/exchange/enrol';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { peerOf } from '../../../renderer/exchange/senderOfFile';
import type { Vault } from '../../../renderer/store/vault';
import type { Host, OpenedFile } from '../../../shared/host';
import { ok } from '../../../shared/result';
import { deviceOf } from '../../../shared/trust/device';
import { certificateOf } from '../../../shared/trust/roster';
import { createDb } from '../../../renderer/store/db';
import type { Grant } from '../../../renderer/store/trust';
import { freshName, must, open } from '../store/support';

/** Holds the last file that was saved, and hands it to whoever opens one. */
export interface Stick {
  readonly host: Pick<Host, 'saveFile' | 'openFiles' | 'keepExported'>;
  file(): OpenedFile;
  put(file: OpenedFile): void;
}

export function newStick(): Stick {
  let last: OpenedFile | undefined;
  const file = () => {
    if (!last) throw new Error('nothing was saved');
    return last;
  };
  return {
    host: {
      saveFile({ name, bytes }) {
        last = { name, bytes: (bytes as Uint8Array).slice() };
        return Promise.resolve(ok({ name }));
      },
      openFiles: () => Promise.resolve(ok([file()])),
      keepExported: () => Promise.resolve(ok(null)),
    },
    file,
    put: (next) => void (last = next),
  };
}

export async function newLaptop(
  name = 'Harbour laptop',
  person = 'Li Na',
  database = freshName(),
): Promise<Vault> {
  const vault = await open(database);
  must(await vault.setUp({ name, role: 'site', siteCode: 'HB', person }));
  return vault;
}

export async function newHeadquarters(): Promise<{ hq: Vault; recoveryKey: string }> {
  const hq = await open(freshName());
  must(await hq.setUp({ name: 'Head office', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' }));
  const { recoveryKey } = must(await foundOrganisation(hq, 'Harbour Logistics'));
  return { hq, recoveryKey };
}

export async function requestOf(laptop: Vault): Promise<OpenedFile> {
  const stick = newStick();
  must(await writeRequest(laptop, stick.host, { filterName: 'Holdfast' }));
  return stick.file();
}

/** A laptop that headquarters has enrolled, and that has opened the answer. */
export async function newMember(
  hq: Vault,
  name: string,
  grant: Partial<Omit<Grant, 'name'>> = {},
  database = freshName(),
): Promise<Vault> {
  const laptop = await newLaptop(name, 'Li Na', database);
  const request = must(await readRequest((await requestOf(laptop)).bytes));
  const usual: Grant = {
    name,
    holder: 'Li Na',
    site: 'HB',
    role: 'coordinator',
    kinds: null,
    until: null,
  };
  must(await enrolDevice(hq, request, { ...usual, ...grant }));
  await receive(laptop, await send(hq, laptop));
  return laptop;
}

/** What the other lacks; everything where nothing has come from it yet. */
export async function send(
  from: Vault,
  to: Vault,
  seal?: Exclude<SealChoice, { readonly kind: 'passphrase' }>,
): Promise<OpenedFile> {
  const stick = newStick();
  const replica = to.device()?.replica ?? '';
  const certificate = certificateOf(from.trust.roster(), deviceOf(replica));
  must(
    await exportPackage(from, stick.host, {
      peer: certificate ? peerFor(from, certificate) : peerOf(from, replica),
      content: 'changes',
      seal: seal ?? { kind: 'recipients', devices: [deviceOf(replica)] },
      filterName: 'Holdfast',
    }),
  );
  return stick.file();
}

export async function receive(to: Vault, file: OpenedFile) {
  const ready = must(await readPackage(to, { file }));
  must(await applyPackage(to, ready));
  return ready.plan;
}

/** The disk of one device on another machine: database, keys and all. */
export async function copyOf(name: string): Promise<string> {
  const copy = freshName();
  const [from, to] = [createDb(name), createDb(copy)];
  await Promise.all([from.open(), to.open()]);
  for (const table of from.tables) {
    const keys = table.schema.primKey.keyPath
      ? undefined
      : await table.toCollection().primaryKeys();
    await to.table(table.name).bulkPut(await table.toArray(), keys);
  }
  from.close();
  to.close();
  return copy;
}
