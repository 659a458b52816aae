/** What headquarters decides by itself when a file has been applied: which branch of a device stays. */
import { isActiveHeadquarters } from '../../shared/exchange/base';
import type { ImportPlan } from '../../shared/exchange/plan';
import { sameValue } from '../../shared/log/change';
import { seen } from '../../shared/log/vector';
import { deviceOf } from '../../shared/trust/device';
import { certificateOf, isActive, type Roster } from '../../shared/trust/roster';
import type { Vault } from '../store/vault';
import { peerOf } from './senderOfFile';

/**
 * Headquarters that was put back, or is one of two, may have learnt from a roster of the same version
 * what its own does not say. Signed together, those hear of it who have only the one.
 */
export async function signMerged({ trust }: Vault): Promise<void> {
  const roster = trust.roster();
  if (!roster || trust.certificate()?.role !== 'hq') return;
  if (JSON.stringify(roster) !== trust.signedRoster()?.text) await trust.accept({});
}

/**
 * Headquarters that was put back learns what it had changed about a member's rights, and has taken in by then
 * what the others hold because of that. As when it changes them itself, what is here stays: it says so.
 */
export async function acceptWhatCameIn(
  { exchange, trust }: Vault,
  before: Roster | undefined,
): Promise<void> {
  const roster = trust.roster();
  if (!roster || !before || roster === before || trust.certificate()?.role !== 'hq') return;
  const { tips } = await exchange.here();
  const anchors = Object.entries(tips).filter(([replica, { to }]) => {
    const [old, now] = [before, roster].map((each) => certificateOf(each, deviceOf(replica)));
    const isOther = old && now && (old.until !== now.until || !sameValue(old.kinds, now.kinds));
    const isMember = isActive(roster, deviceOf(replica));
    return isOther && isMember && to > (roster.accepted[replica]?.to ?? 0);
  });
  if (anchors.length > 0) await trust.accept(Object.fromEntries(anchors));
}

/**
 * Headquarters' branch of a copied device is the one that stays: it says so in the roster, and
 * whoever holds another branch replaces it. The content of the others is held, and rescued.
 */
export async function decideForks(vault: Vault, plan: ImportPlan): Promise<void> {
  const roster = vault.trust.roster();
  if (!roster || vault.trust.certificate()?.role !== 'hq') return;
  const outgrown = [...(await outgrownBy(vault, plan)), ...(await goneWithADisk(vault, plan))];
  const forked = [
    ...plan.forked,
    ...(await resealed(vault, plan)),
    ...(await packedAnew(vault, plan)),
    ...(await otherState(vault, plan)),
    ...outgrown,
  ];
  if (forked.length === 0) return;
  const { tips } = await vault.exchange.here();
  const anchors = Object.fromEntries(
    forked.flatMap((replica) => {
      const tip = tips[replica];
      const decided = roster.accepted[replica];
      const least = (decided?.to ?? 0) + (outgrown.includes(replica) ? 0 : 1);
      return tip && tip.to >= least ? [[replica, tip]] : [];
    }),
  );
  if (Object.keys(anchors).length > 0) await vault.trust.accept(anchors);
}

/**
 * Headquarters is about to give up a branch that it had accepted, for a state that it had vouched for
 * before it was put back: from now on that is the one that stays. The anchor may end earlier than the
 * one before, which everybody would keep: so it names its segment and ends where that did. Said first,
 * because the branch that was accepted would come back else.
 */
export async function acceptState({ exchange, trust }: Vault, plan: ImportPlan): Promise<void> {
  const accepted = trust.roster()?.accepted ?? {};
  const given = plan.replaced.filter((replica) => Object.hasOwn(accepted, replica));
  if (given.length === 0 || trust.certificate()?.role !== 'hq') return;
  const { hashes } = await exchange.here();
  const anchors = given.flatMap((replica) => {
    const { to, sha256 } = accepted[replica] ?? { to: 0, sha256: '' };
    const own = plan.apply.map(({ segment }) => segment).filter((s) => s.replica === replica);
    const ends = plan.bases.flatMap(({ head }) => head.tips[replica] ?? []);
    const last = [...own, ...ends].toSorted((a, b) => b.to - a.to)[0];
    const stays = !hashes.has(sha256) || own.some((segment) => segment.sha256 === sha256);
    return stays || !last
      ? []
      : [[replica, { to: Math.max(to, last.to), sha256: last.sha256 }] as const];
  });
  if (anchors.length > 0) await trust.accept(Object.fromEntries(anchors));
}

/**
 * Whose accepted segment is now part of a longer one that says the same: a device that was put back
 * sealed it anew. Were the anchor to stay, that device would look for a segment that nobody sends.
 */
async function resealed(vault: Vault, { apply }: ImportPlan): Promise<readonly string[]> {
  const accepted = vault.trust.roster()?.accepted ?? {};
  const longer = apply.filter(({ segment: { replica, from, to } }) => {
    const anchor = Object.hasOwn(accepted, replica) ? accepted[replica] : undefined;
    return anchor !== undefined && from <= anchor.to && anchor.to < to;
  });
  if (longer.length === 0) return [];
  const { hashes, ends } = await vault.exchange.here();
  // Where the accepted one is not here, nothing says that the longer one goes the same way.
  const isHere = (replica: string): boolean => {
    const { to, sha256 } = accepted[replica] ?? { to: 0, sha256: '' };
    return hashes.has(sha256) || ends.at(replica, to).includes(sha256);
  };
  return longer.map(({ segment }) => segment.replica).filter(isHere);
}

/**
 * Whose accepted segment ends before its anchor does, as `acceptState` may have said it: what followed is
 * here by now, and an anchor that nobody reaches would have everybody ask for it for ever.
 */
async function outgrownBy(vault: Vault, { apply }: ImportPlan): Promise<readonly string[]> {
  const came = new Set(apply.map(({ segment }) => segment.replica));
  const anchors = Object.entries(vault.trust.roster()?.accepted ?? {}).filter(([replica]) =>
    came.has(replica),
  );
  if (anchors.length === 0) return [];
  const { hashes, ends, compacted } = await vault.exchange.here();
  return anchors
    .filter(
      ([replica, { to, sha256 }]) =>
        to > seen(compacted, replica) &&
        hashes.has(sha256) &&
        !ends.at(replica, to).includes(sha256),
    )
    .map(([replica]) => replica);
}

/**
 * What was packed twice, by headquarters after it was put back or by one of two copies of a disk, and went
 * on from the packing here. Whoever keeps the other one (named first in its receipt, or brought by the
 * file) holds what follows as a second branch, and says nothing of it: headquarters has the same.
 */
async function packedAnew(
  { exchange, trust }: Vault,
  { manifest, sender, same }: ImportPlan,
): Promise<readonly string[]> {
  if (sender !== 'proven') return [];
  const accepted = trust.roster()?.accepted ?? {};
  const { hashes, ends, tips, compacted } = await exchange.here();
  // A second headquarters may have decided for the other one.
  const isLost = (replica: string): boolean => {
    const anchor = Object.hasOwn(accepted, replica) ? accepted[replica] : undefined;
    return !!anchor && anchor.to > seen(compacted, replica) && !hashes.has(anchor.sha256);
  };
  return Object.entries(manifest.have)
    .filter(([replica, to]) => {
      if ((tips[replica]?.to ?? 0) <= to || isLost(replica)) return false;
      const brought = same.find(({ segment: s }) => s.replica === replica && s.to === to);
      const kept = manifest.tips[replica]?.[0] ?? brought?.segment.sha256 ?? '';
      return !hashes.has(kept) && ends.at(replica, to).includes(kept);
    })
    .map(([replica]) => replica);
}

/**
 * Whose accepted segment was on a disk that is gone, as far as a member that knows of it shows: it has what is
 * here, or it had as much and asks for it like headquarters itself. Where what says the same was sealed in
 * other bytes, nobody else may ever have had it, and all would ask for it for ever. Not where a second
 * headquarters may have it, and would decide for it again.
 */
async function goneWithADisk(vault: Vault, plan: ImportPlan): Promise<readonly string[]> {
  const { exchange, trust } = vault;
  const { manifest, sender, carried } = plan;
  const roster = trust.roster();
  const self = trust.certificate()?.device;
  const others = roster?.devices.filter(({ device }) => device !== self) ?? [];
  if (Object.keys(roster?.accepted ?? {}).length === 0) return [];
  if (sender !== 'proven' || others.some(({ device }) => isActiveHeadquarters(roster, device))) {
    return [];
  }
  const { hashes, ends, compacted } = await exchange.here();
  const held = new Set(exchange.waiting().map(({ segment }) => segment.sha256));
  const hasSame = (replica: string, to: number): boolean => {
    const told = seen(manifest.have, replica);
    const tips = manifest.tips[replica] ?? [];
    return told >= to && tips.some((tip) => ends.at(replica, told).includes(tip));
  };
  const asks = (replica: string, to: number): boolean => {
    const own = manifest.segments.filter((segment) => segment.replica === replica);
    const { sent = {} } = peerOf(vault, manifest.from.replica) ?? {};
    const most = Math.max(seen(sent, replica), ...own.map((segment) => segment.to));
    return !Object.hasOwn(manifest.have, replica) && most >= to;
  };
  return Object.entries(roster?.accepted ?? {})
    .filter(
      ([replica, { to, sha256 }]) =>
        to > seen(compacted, replica) &&
        !hashes.has(sha256) &&
        !held.has(sha256) &&
        carried?.roster.accepted[replica]?.sha256 === sha256 &&
        (hasSame(replica, to) || asks(replica, to)),
    )
    .map(([replica]) => replica);
}

/**
 * Whose branch the sender has another one of, as state that headquarters vouched for before it was put back:
 * nobody can send that as changes, so it never comes here to be decided about. Where it has changes they come
 * with the file after the one that asks for them.
 */
async function otherState(
  vault: Vault,
  { manifest, sender, receipt }: ImportPlan,
): Promise<readonly string[]> {
  if (sender !== 'proven' || receipt.apart.length === 0) return [];
  const { compacted } = await vault.exchange.here();
  const { apart = {} } = peerOf(vault, manifest.from.replica) ?? {};
  return receipt.apart.filter((replica) => {
    const told = manifest.tips[replica]?.[0] ?? '';
    return (
      (apart[told] ?? 0) > FILES_ASKED &&
      seen(manifest.have, replica) <= seen(compacted, replica) &&
      manifest.segments.every((segment) => segment.replica !== replica)
    );
  });
}

/** The first one asked, and the next may have been written before that was read. */
const FILES_ASKED = 2;
