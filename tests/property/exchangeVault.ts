/**
 * A vault in memory for exchange tests: the real log, projection, segments and file code over plain
 * arrays. It stands for the database, which needs a browser; tests/browser/exchange has the real one.
 */
import { kindOf } from '../../shared/kinds/registry';
import { encodeBase, openBase, type OpenBase } from '../../shared/exchange/base';
import { compactable, createFold, isUnderstood, needed } from '../../shared/exchange/compaction';
import { signStands } from '../../shared/exchange/stands';
import { knownEnds } from '../../shared/exchange/receipt';
import { decodeSegment, encodeSegment } from '../../shared/exchange/segment';
import { buildChanges, type Edit } from '../../shared/log/changeset';
import { dotOf, type Change } from '../../shared/log/change';
import { tick, type Hlc } from '../../shared/log/clock';
import { dominates, join, seen, type Vector } from '../../shared/log/vector';
import {
  createProjection,
  type KindLookup,
  type Projection,
} from '../../shared/projection/projection';
import { ok, refuse, type Result } from '../../shared/result';
import { deviceOf } from '../../shared/trust/device';
import { baseMessage, segmentMessage } from '../../shared/trust/messages';
import { engine } from '../../renderer/exchange/engine';
import { exportPackage, type ExportOptions } from '../../renderer/exchange/exportFile';
import { applyPackage, readPackage, type ReadyImport } from '../../renderer/exchange/importFile';
import type {
  Arrival,
  ExchangeEntry,
  ExchangeStore,
  Peer,
  Segment,
  Waiting,
} from '../../renderer/store/exchangeStore';
import { createTrust, type TrustDeps, type TrustState } from '../../renderer/store/trustStore';
import type { Vault } from '../../renderer/store/vault';
import { webCodec } from '../../renderer/exchange/webCodec';

export const PASSPHRASE = 'harbour lamp seven ropes';
export const NOW = Date.UTC(2026, 10, 23, 8);

export interface Laptop {
  readonly replica: string;
  readonly vault: Vault;
  readonly write: (...edits: readonly Edit[]) => void;
  readonly log: () => readonly Change[];
  readonly arrivals: readonly Arrival[];
  readonly kept: Map<string, number>;
  readonly trust: TrustState;
  readonly blobs: Map<string, Uint8Array>;
  /** Replaces the segments up to there by the state they led to. */
  compact(confirmed: Vector): Promise<Vector>;
  /** What a program that knows these kinds shows of what is on the disk. */
  reopened(release: KindLookup): Promise<Projection>;
  /** Hashes of all segments, archived ones too. */
  hashes(): Promise<readonly string[]>;
  /** The clock of this laptop, against NOW. */
  skewMs: number;
}

/** `release`: the kinds that the program on it knows. */
export function laptop(
  replica: string,
  role: 'hq' | 'site' = 'site',
  release: KindLookup = kindOf,
): Laptop {
  const projection = createProjection(release);
  const log: Change[] = [];
  let segments: Segment[] = [];
  const archive: Segment[] = [];
  let bases: readonly OpenBase[] = [];
  const compacted = () => bases.reduce<Vector>((all, { head }) => join(all, head.have), {});
  const adopt = (added: readonly OpenBase[]) => {
    bases = needed([...bases, ...added].map((base) => ({ ...base, have: base.head.have })));
    const isBelow = (s: Segment) => s.to <= seen(compacted(), s.replica);
    archive.push(...segments.filter(isBelow));
    segments = segments.filter((s) => !isBelow(s));
  };
  const arrivals: Arrival[] = [];
  let peers: readonly Peer[] = [];
  let entries: readonly ExchangeEntry[] = [];
  let waiting: readonly Waiting[] = [];
  let sealedTo = 0;
  let t: Hlc = [0, 0];
  const remember = (peer: Peer | undefined, entry: ExchangeEntry | undefined): Result<null> => {
    if (peer) peers = [...peers.filter((p) => p.replica !== peer.replica), peer];
    if (entry) entries = [entry, ...entries.filter((e) => e.id !== entry.id)];
    return ok(null);
  };
  const table = () => {
    const rows = new Map<string, never>();
    return {
      get: async (key: string) => rows.get(key),
      put: async (row: { readonly key: string }) => {
        rows.set(row.key, row as never);
        return row.key;
      },
    };
  };
  const device = { replica, name: `Laptop ${replica}`, role, prefix: `${replica}XX`, person: 'x' };
  const trust = createTrust({
    db: { keys: table(), meta: table() } as unknown as TrustDeps['db'],
    device: () => device,
    isWriter: () => true,
    readOnly: () => refuse('commit.readOnly'),
    serial: (task) => task(),
    now: () => NOW,
    notify: () => undefined,
  });
  const blobs = new Map<string, Uint8Array>();
  const exchange: ExchangeStore = {
    async seal() {
      const tail = log.filter((change) => change.r === replica && change.s > sealedTo);
      const last = tail.at(-1);
      if (!last) return ok(null);
      const own = (await exchange.here()).tips[replica];
      const segment = await encodeSegment(tail, own?.sha256, webCodec);
      const sig = await trust.sign(segmentMessage(segment.sha256));
      segments.push(sig === undefined ? segment : { ...segment, sig });
      sealedTo = last.s;
      return ok(null);
    },
    segmentsSince: (have) => Promise.resolve(segments.filter((s) => s.to > seen(have, s.replica))),
    basesAbove: async (have) =>
      bases.filter(({ head }) => !dominates(have, head.have)).map(({ file }) => file),
    standsFor: async (of) =>
      of.length > 0
        ? signStands(
            of.map(({ parts: [first] }) => first?.sha256 ?? ''),
            archive.map(({ sha256 }) => sha256),
            deviceOf(replica),
            trust.sign,
            webCodec,
          )
        : undefined,
    stateShown: async () => undefined,
    overwrittenState: async () => [],
    async wasHere() {
      const byDot = new Map(log.map((change) => [dotOf(change), change]));
      return (change) => {
        const twin = byDot.get(dotOf(change));
        return !twin || JSON.stringify(twin) === JSON.stringify(change);
      };
    },
    async here() {
      const tips: Record<string, { to: number; sha256: string }> = {};
      for (const { head } of bases) {
        for (const [r, tip] of Object.entries(head.tips)) {
          if (tip.to > (tips[r]?.to ?? 0)) tips[r] = tip;
        }
      }
      for (const { replica: r, to, sha256 } of segments) {
        if (to > (tips[r]?.to ?? 0)) tips[r] = { to, sha256 };
      }
      const hashes = new Set([...segments, ...archive].map((s) => s.sha256));
      const ends = knownEnds();
      for (const [r, { to, sha256 }] of Object.entries(tips)) ends.add(r, to, sha256);
      for (const { replica: r, to, sha256 } of segments) ends.add(r, to, sha256);
      return { tips, hashes, ends, compacted: compacted() };
    },
    async keepOut(hashes, out) {
      waiting = waiting.map((each) => {
        if (!hashes.includes(each.segment.sha256)) return each;
        const { keptOut: _keptOut, ...rest } = each;
        return out ? { ...rest, keptOut: { by: 'x', at: NOW } } : rest;
      });
      return ok(null);
    },
    peers: () => peers,
    entries: () => entries,
    waiting: () => waiting,
    receive(arrival) {
      arrivals.push(arrival);
      const row = trust.rowAfter(arrival.roster);
      if (row) trust.adopted(row.value);
      for (const { sha256, bytes } of arrival.blobs ?? []) {
        if (bytes instanceof Uint8Array) blobs.set(sha256, bytes);
      }
      segments.push(...arrival.segments);
      adopt(arrival.bases ?? []);
      for (const { rows, head } of arrival.bases ?? []) {
        projection.joinBase({ rows, have: head.have }, NOW);
      }
      waiting = arrival.waiting(waiting);
      log.push(...arrival.changes);
      projection.apply(arrival.changes, NOW);
      return Promise.resolve(remember(arrival.peer, arrival.entry));
    },
    sent: (peer, entry) => Promise.resolve(remember(peer, entry)),
    // Branches that give way need the real store: tests/browser/exchange and tests/simulator.
    rescue: () => Promise.resolve(refuse('commit.readOnly')),
    restate: () => Promise.resolve(refuse('commit.readOnly')),
    delivery: () => 'notExported',
    undelivered: () => 0,
  };
  const self: Laptop = {
    replica,
    skewMs: 0,
    arrivals,
    kept: new Map(),
    log: () => log,
    write(...edits) {
      t = tick(projection.clock()[0] > t[0] ? projection.clock() : t, NOW + self.skewMs);
      const changes = buildChanges(edits, projection.get, (k) => release(k)?.version ?? 1, {
        replica,
        next: seen(projection.have(), replica) + 1,
        t,
        by: `person of ${replica}`,
      });
      log.push(...changes);
      projection.apply(changes, NOW);
    },
    vault: {
      projection,
      exchange,
      trust,
      blobs: {
        get: async (sha256: string) => {
          const bytes = blobs.get(sha256);
          return bytes && new Blob([bytes as Uint8Array<ArrayBuffer>]);
        },
        stored: async (hashes: readonly string[]) =>
          hashes.flatMap((sha256) => {
            const bytes = blobs.get(sha256);
            return bytes ? [{ sha256, bytes: new Blob([bytes as Uint8Array<ArrayBuffer>]) }] : [];
          }),
        missing: () => [],
        has: (sha256: string) => blobs.has(sha256),
      } as unknown as Vault['blobs'],
      device: () => device,
      exported: async () => self.kept.get(replica) ?? 0,
      changes: async (dots) => log.filter((change) => dots.includes(dotOf(change))),
    } as Pick<
      Vault,
      'projection' | 'exchange' | 'device' | 'exported' | 'trust' | 'blobs' | 'changes'
    > as Vault,
    trust,
    blobs,
    async hashes() {
      return [...(await exchange.here()).hashes].toSorted();
    },
    async reopened(other) {
      const fresh = createProjection(other);
      for (const { rows, head } of bases) fresh.joinBase({ rows, have: head.have }, NOW);
      const sorted = segments.toSorted((a, b) => a.from - b.from);
      for (const segment of sorted) {
        const own = await decodeSegment(segment.bytes, webCodec);
        if (!own.ok) throw new Error(own.refusal.code);
        fresh.apply(own.value.changes, NOW);
      }
      return fresh;
    },
    async compact(confirmed) {
      const fold = createFold(release);
      const stopped = new Set<string>();
      for (const base of bases) fold.addBase(base);
      for (const segment of compactable(segments, compacted(), confirmed)) {
        const own = await decodeSegment(segment.bytes, webCodec);
        if (!own.ok) throw new Error(own.refusal.code);
        if (!isUnderstood(own.value.changes, release)) stopped.add(segment.replica);
        if (stopped.has(segment.replica)) continue;
        fold.add(own.value.changes, { to: segment.to, sha256: segment.sha256 });
      }
      const have = { ...fold.have() };
      const parts = await encodeBase({
        have,
        tips: fold.tips(),
        rows: fold.rows(),
        codec: webCodec,
      });
      const sig = (await trust.sign(baseMessage(parts[0]?.sha256 ?? ''))) ?? 'x'.repeat(86);
      const base = await openBase({ by: deviceOf(replica), sig, parts }, webCodec);
      if (!base.ok) throw new Error(base.refusal.code);
      adopt([base.value]);
      projection.forget(
        have,
        [...projection.all()].map((state) => state.id),
      );
      return have;
    },
  };
  return self;
}

export interface Sent {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly entry: ExchangeEntry;
}

let files = 0;

/** Writes a file for the peer, or for a new laptop. */
export async function exportFrom(
  from: Laptop,
  to: string | undefined,
  options: Partial<ExportOptions> = {},
): Promise<Sent> {
  let name = '';
  let bytes = new Uint8Array();
  const peer = from.vault.exchange.peers().find((p) => p.replica === to);
  if (to && !peer) throw new Error(`${from.replica} does not know ${to}`);
  const result = await exportPackage(
    from.vault,
    {
      saveFile: (file) => {
        name = file.name;
        bytes = file.bytes as Uint8Array<ArrayBuffer>;
        return Promise.resolve(ok({ name }));
      },
      keepExported: (r, s) => {
        from.kept.set(r, s);
        return Promise.resolve(ok(null));
      },
    },
    {
      peer,
      content: 'changes',
      seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 1 },
      filterName: 'Holdfast',
      engine,
      now: () => NOW,
      newFileId: () => `file-${String(++files).padStart(8, '0')}`,
      ...options,
    },
  );
  if (!result.ok || !result.value) throw new Error(JSON.stringify(result));
  return { name, bytes, entry: result.value };
}

export const readInto = (
  to: Laptop,
  bytes: Uint8Array,
  passphrase = PASSPHRASE,
): Promise<Result<ReadyImport>> =>
  readPackage(to.vault, {
    file: { name: 'x.holdfast', bytes },
    passphrase,
    engine,
    now: () => NOW,
  });

/** Reads and applies; throws on a refusal. */
export async function importInto(to: Laptop, file: Pick<Sent, 'bytes'>): Promise<ReadyImport> {
  const ready = await readInto(to, file.bytes);
  if (!ready.ok) throw new Error(JSON.stringify(ready.refusal));
  const applied = await applyPackage(to.vault, ready.value);
  if (!applied.ok) throw new Error(JSON.stringify(applied.refusal));
  return ready.value;
}

/** HQ and laptops that have joined it and sent their first file back. */
export async function fleet(names: readonly string[]): Promise<{
  readonly hq: Laptop;
  readonly sites: readonly Laptop[];
}> {
  const hq = laptop('hq-0', 'hq');
  hq.write({ do: 'create', kind: 'site', id: 'site000000000000', fields: { name: 'Harbour' } });
  const welcome = await exportFrom(hq, undefined);
  const sites = names.map((name) => laptop(name));
  for (const site of sites) {
    await importInto(site, welcome);
    await importInto(hq, await exportFrom(site, hq.replica));
  }
  return { hq, sites };
}

/** Everything a screen could show, in an order of its own. */
export function view(of: Laptop): string {
  const records = [...of.vault.projection.all()]
    .map(({ id, kind, values, heads }) => ({
      id,
      kind,
      values: sorted(values),
      heads: sorted(heads),
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.stringify({ have: sorted(of.vault.projection.have()), records });
}

const sorted = (value: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
