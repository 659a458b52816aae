import { composeManifest } from '../../shared/exchange/compose';
import { encodeSegment, type Segment } from '../../shared/exchange/segment';
import { kinds } from '../../shared/kinds/registry';
import type { Change } from '../../shared/log/change';
import { engine } from '../../renderer/exchange/engine';
import { applyPackage, readPackage } from '../../renderer/exchange/importFile';
import { webCodec } from '../../renderer/exchange/webCodec';
import { duel, timed, type Figure } from './duel';
import { deleteDb, openRaw, putAll } from './rawDb';
import { fresh, must, open, vaultName } from './vaults';

const PASSPHRASE = 'quay anchor lantern';
/** The work of a real passphrase is a constant second, on purpose; it would only hide the rest. */
const WORK_FACTOR = 8;
/** Code that a page runs for the first times is several times slower than it is from then on. */
const WARM_UP = 3;
const quiet = () => undefined;

/** Without the header line. */
const changesIn = (text: Uint8Array): readonly Change[] =>
  new TextDecoder()
    .decode(text)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as Change);

/** A snapshot of the whole vault: written, and read into an empty one. */
export async function packageBench(n: number, rounds: number): Promise<readonly Figure[]> {
  const source = await open(vaultName(n));
  must(await source.exchange.seal());
  const segments = await source.exchange.segmentsSince({});
  const device = source.device();
  if (!device) throw new Error('the vault is set up');
  const have = { ...source.projection.have() };
  await source.close();
  const texts = await Promise.all(
    segments.map(async ({ bytes }) => must(await webCodec.gunzip(bytes, 1e9))),
  );
  const changes = texts.map((text) => changesIn(text));
  const plain = new Uint8Array(await new Blob(texts as BlobPart[]).arrayBuffer());
  const zipped = await webCodec.gzip(plain);
  await deleteDb('bench-files');
  const raw = await openRaw('bench-files');
  let file = new Uint8Array();
  const pack = async (sealed: readonly Segment[]) => {
    const manifest = composeManifest({
      id: crypto.randomUUID(),
      createdAt: 1_767_225_600_000,
      organisation: 'Bench',
      from: { replica: device.replica, name: device.name, role: device.role },
      to: null,
      snapshot: true,
      lastOut: undefined,
      base: {},
      have,
      segments: sealed,
      kinds: Object.fromEntries(kinds.map((kind) => [kind.name, kind.version])),
      seal: 'passphrase',
      recipients: [],
      roster: undefined,
      blobs: [],
      wants: [],
    });
    const request = {
      manifest,
      segments: sealed,
      blobs: [],
      seal: { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: WORK_FACTOR } as const,
      sign: undefined,
    };
    file = new Uint8Array(must(await engine.pack(request, quiet)));
    await putAll(raw, [file]);
  };
  const peer = 'gzip and write the same changes';
  const plainly = () => timed(async () => putAll(raw, [await webCodec.gzip(plain)]));
  const writing = await duel(
    { name: 'pack a snapshot of sealed segments', peer, n },
    rounds,
    () => timed(() => pack(segments)),
    plainly,
  );
  const sealing = await duel(
    { name: 'seal all changes and pack them', peer: `JSON.stringify, ${peer}`, n },
    rounds,
    () =>
      timed(async () => {
        const sealed: Segment[] = [];
        for (const run of changes) {
          sealed.push(await encodeSegment(run, sealed.at(-1)?.sha256, webCodec));
        }
        await pack(sealed);
      }),
    () =>
      timed(async () => {
        const lines = changes.map((run) => run.map((change) => JSON.stringify(change)).join('\n'));
        const bytes = new TextEncoder().encode(lines.join('\n'));
        await putAll(raw, [await webCodec.gzip(bytes)]);
      }),
  );
  let round = 0;
  const receive = async () => {
    const name = `bench-unpack-${round++}`;
    const vault = await fresh(name);
    const took = await timed(async () => {
      const ready = must(
        await readPackage(vault, {
          file: { name: 'bench.holdfast', bytes: file },
          passphrase: PASSPHRASE,
        }),
      );
      must(await applyPackage(vault, ready));
    });
    await vault.close();
    await deleteDb(name);
    return took;
  };
  const reading = await duel(
    { name: 'unpack, verify, plan and apply it', peer: 'gunzip, JSON.parse and write', n },
    rounds,
    receive,
    () =>
      timed(async () => {
        const bytes = must(await webCodec.gunzip(zipped, 1e9));
        const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
        const parsed = lines.map((line): unknown => JSON.parse(line));
        if (parsed.length < n) throw new Error('all changes are there');
        await putAll(raw, [bytes]);
      }),
    WARM_UP,
  );
  raw.close();
  await deleteDb('bench-files');
  return [writing, sealing, reading];
}
