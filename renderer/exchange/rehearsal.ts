/**
 * A vault to try arrivals on: it reads like the real one and forgets everything. So a dry run over
 * many files is the very code that applies them, file after file.
 */
import { kindOf } from '../../shared/kinds/registry';
import { upcastChange } from '../../shared/kinds/upcast';
import { knownEnds } from '../../shared/exchange/receipt';
import { joinRows } from '../../shared/log/base';
import type { Change, RecordId } from '../../shared/log/change';
import { applyChange, type RecordState } from '../../shared/log/record';
import { covers, join, type Vector } from '../../shared/log/vector';
import type { Projection } from '../../shared/projection/projection';
import { ok } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { inForce } from '../../shared/trust/roster';
import type { Arrival, SegmentsHere } from '../store/exchangeStore';
import type { Vault } from '../store/vault';

/** What came, and what was here before it. */
export interface Came {
  readonly arrival: Arrival;
  readonly before: Vector;
}

export interface Trial {
  readonly vault: Vault;
  readonly came: readonly Came[];
  /** What was here before the first of it. */
  readonly base: Pick<Projection, 'get' | 'early' | 'have'>;
}

export function rehearse(real: Vault, here: SegmentsHere): Trial {
  const came: Came[] = [];
  const records = new Map<RecordId, RecordState>();
  const have: Record<string, number> = { ...real.projection.have() };
  const early = new Set(real.projection.early());
  const segments = following(here);
  let roster = real.trust.roster();
  let peers = real.exchange.peers();
  let entries = real.exchange.entries();
  let waiting = real.exchange.waiting();
  const brought = new Set<string>();

  const get = (id: RecordId) => records.get(id) ?? real.projection.get(id);
  const apply = (raw: Change) => {
    if (covers(have, raw.r, raw.s)) return;
    const change = upcastChange(kindOf(raw.k), raw);
    records.set(raw.id, applyChange(get(raw.id), change, have, early));
    have[raw.r] = raw.s;
  };

  return {
    came,
    base: real.projection,
    vault: {
      ...real,
      projection: { ...real.projection, get, have: () => have, early: () => early },
      trust: {
        ...real.trust,
        roster: () => roster,
        context: () => ({ ...real.trust.context(), roster }),
        // What headquarters would decide about copied devices is decided when it is for real.
        accept: async () => ok(null),
      },
      blobs: {
        ...real.blobs,
        has: (sha256) => brought.has(sha256) || real.blobs.has(sha256),
      },
      exchange: {
        ...real.exchange,
        here: segments.here,
        peers: () => peers,
        entries: () => entries,
        waiting: () => waiting,
        // What came as state is in no database yet.
        stateShown: async (changes) =>
          came.some(({ arrival }) => arrival.bases?.length)
            ? undefined
            : real.exchange.stateShown(changes),
        // Written only when it is for real.
        restate: async () => ok(0),
        async receive(arrival) {
          const { peer, entry } = arrival;
          came.push({ arrival, before: { ...have } });
          // Another branch of a copied device takes the place of the one here, from its start, or from
          // the end of the state here.
          const stays = new Map(arrival.asState?.map(({ replica, to }) => [replica, to]));
          for (const replica of arrival.replace ?? []) {
            const to = stays.get(replica);
            if (to === undefined) delete have[replica];
            else have[replica] = to;
          }
          for (const { rows, head } of arrival.bases ?? []) {
            const joined = joinRows({ rows, have: head.have }, { have, early }, kindOf, get);
            for (const [id, state] of joined.records) records.set(id, state);
            Object.assign(have, joined.have);
            early.clear();
            for (const key of joined.early) early.add(key);
          }
          arrival.changes.forEach(apply);
          segments.add(arrival);
          for (const { sha256 } of arrival.blobs ?? []) brought.add(sha256);
          waiting = arrival.waiting(waiting);
          if (arrival.roster) roster = inForce(roster, arrival.roster.roster);
          if (peer) {
            const device = deviceOf(peer.replica);
            peers = [...peers.filter((known) => deviceOf(known.replica) !== device), peer];
          }
          if (entry) entries = [entry, ...entries.filter((known) => known.id !== entry.id)];
          return ok(null);
        },
      },
    },
  };
}

/** The real vault, and an account of what it was before. */
export function forReal(real: Vault): Trial {
  const came: Came[] = [];
  const { projection } = real;
  const have = { ...projection.have() };
  const early = new Set(projection.early());
  const records = new Map<RecordId, RecordState | undefined>();
  return {
    came,
    base: {
      have: () => have,
      early: () => early,
      get: (id) => (records.has(id) ? records.get(id) : projection.get(id)),
    },
    vault: {
      ...real,
      exchange: {
        ...real.exchange,
        async receive(arrival) {
          const before = { ...projection.have() };
          const based = (arrival.bases ?? []).flatMap(({ rows }) => rows);
          for (const { id } of [...based, ...arrival.changes]) {
            if (!records.has(id)) records.set(id, projection.get(id));
          }
          const received = await real.exchange.receive(arrival);
          if (!received.ok) return received;
          came.push({ arrival, before });
          return received;
        },
      },
    },
  };
}

/** What is here, kept up with what arrives. */
function following({ tips: first, hashes: known, ends: before, compacted: below }: SegmentsHere) {
  const tips: Record<string, { to: number; sha256: string }> = { ...first };
  const hashes = new Set(known);
  const ends = knownEnds(before);
  let compacted = below;
  return {
    here: async (): Promise<SegmentsHere> => ({ tips, hashes, ends, compacted }),
    add({
      segments,
      bases,
      same = [],
      asState = [],
    }: Pick<Arrival, 'segments' | 'bases' | 'same' | 'asState'>) {
      for (const { head } of bases ?? []) {
        compacted = join(compacted, head.have);
        for (const [replica, tip] of Object.entries(head.tips)) {
          ends.add(replica, tip.to, tip.sha256);
          hashes.add(tip.sha256);
          if (tip.to > (tips[replica]?.to ?? 0)) tips[replica] = tip;
        }
      }
      for (const { replica, to, sha256 } of segments) {
        hashes.add(sha256);
        ends.add(replica, to, sha256);
        if (to > (tips[replica]?.to ?? 0)) tips[replica] = { to, sha256 };
      }
      for (const { replica, to, sha256 } of [...same, ...asState]) ends.add(replica, to, sha256);
    },
  };
}
