/** Headquarters and laptops of one organisation, made by the doors that people use. */
import './memoryDb';
import {
  enrolDevice,
  foundOrganisation,
  readRequest,
  writeAnswer,
} from '../../renderer/exchange/enrol';
import type { ReadyImport } from '../../renderer/exchange/importFile';
import { acceptHeld } from '../../renderer/exchange/reconsider';
import { engine } from '../../renderer/exchange/engine';
import { anchorsOf, heldGroups } from '../../renderer/places/exchange/attention/heldGroups';
import type { Grant } from '../../renderer/store/trust';
import { webCodec } from '../../renderer/exchange/webCodec';
import { ok, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { certificateOf } from '../../shared/trust/roster';
import { must, peerAt, replicaOf, takeIn, writeFile, type Machine } from './machine';

export const grantFor = (machine: Machine, over: Partial<Grant> = {}): Grant => ({
  name: machine.name,
  holder: `holder of ${machine.name}`,
  site: machine.name.toUpperCase(),
  role: 'field',
  kinds: null,
  until: null,
  ...over,
});

export async function setUp(machine: Machine, role: 'hq' | 'site'): Promise<void> {
  const siteCode = machine.name.toUpperCase();
  const person = `person of ${machine.name}`;
  must(await machine.vault.setUp({ name: machine.name, role, siteCode, person }));
}

export async function found(hq: Machine): Promise<{ readonly recoveryKey: string }> {
  return must(await foundOrganisation(hq.vault, 'Harbour Works'));
}

/** Request file, certificate, answer file: the laptop is a member when this returns. */
export async function enrol(
  hq: Machine,
  laptop: Machine,
  grant?: Partial<Grant>,
): Promise<ReadyImport> {
  const request = must(
    await readRequest(webCodec.encode(must(await laptop.vault.trust.request()))),
  );
  must(await enrolDevice(hq.vault, request, grantFor(laptop, grant)));
  return must(await takeIn(laptop, await answerFor(hq, laptop)));
}

export async function answerFor(hq: Machine, laptop: Machine): Promise<Uint8Array> {
  const replica = replicaOf(laptop);
  const certificate = certificateOf(hq.vault.trust.roster(), deviceOf(replica));
  if (!certificate) throw new Error(`${laptop.name} is not enrolled`);
  let bytes: Uint8Array = new Uint8Array();
  must(
    await writeAnswer(
      hq.vault,
      {
        saveFile: (file) => {
          bytes = file.bytes as Uint8Array;
          return Promise.resolve(ok({ name: file.name }));
        },
        keepExported: (r, s) => {
          hq.exported.set(r, Math.max(s, hq.exported.get(r) ?? 0));
          return Promise.resolve(ok(null));
        },
      },
      { replica, certificate },
      { filterName: 'Holdfast', engine, now: () => hq.clock.now },
    ),
  );
  return bytes;
}

/** A file from one to the other, read at once. Undefined where the one does not know the other. */
export async function carry(from: Machine, to: Machine): Promise<Result<unknown> | undefined> {
  const peer = peerAt(from, to);
  if (!peer) return undefined;
  const file = await writeFile(from, peer);
  return file.ok ? takeIn(to, file.value) : file;
}

/** Somebody at headquarters accepts whatever is held for distrust, card by card. How many cards. */
export async function acceptAll({ vault }: Machine): Promise<number> {
  const groups = heldGroups(vault.exchange.waiting()).filter(({ reason }) => reason !== 'forked');
  for (const group of groups) {
    const accepted = await acceptHeld(vault, anchorsOf(group));
    if (!accepted.ok && !UNFIT.has(accepted.refusal.code)) must(accepted);
  }
  return groups.length;
}

const UNFIT: ReadonlySet<string> = new Set(['exchange.contradicts', 'exchange.acceptedFurther']);
