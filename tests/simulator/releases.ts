/** Members of one organisation whose releases differ: what they write into files, and how they pack. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { engine, type Engine } from '../../renderer/exchange/engine';
import { webCodec } from '../../renderer/exchange/webCodec';
import type { Manifest } from '../../shared/exchange/manifest';
import { ok } from '../../shared/result';

/** As a release of the second format packs and reads: its manifests say less, and it looks past more. */
export const earlierEngine: Engine = {
  ...engine,
  pack({ manifest, ...request }, ...more) {
    const { tips: _tips, stands: _stands, ...second } = manifest;
    const version = Math.min(2, manifest.version);
    return engine.pack({ ...request, manifest: { ...second, version } as Manifest }, ...more);
  },
  async unpack(...request) {
    const read = await engine.unpack(...request);
    if (!read.ok) return read;
    const manifest: Manifest = { ...read.value.file.manifest, tips: {}, stands: null };
    return ok({ ...read.value, file: { ...read.value.file, manifest } });
  },
};

export interface Releases {
  /** By member: whether its release is one of the second format. */
  readonly second: readonly boolean[];
  /** Every so many times something is packed at another level; 0: never. */
  readonly otherwise: number;
}

/** Everybody has today's. */
export const ALIKE: Releases = { second: [], otherwise: 0 };

/**
 * Not both at once: who has the same in other bytes, and names no content, is found out only when its
 * release is today's.
 */
export const releases: fc.Arbitrary<Releases> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(ALIKE) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.boolean(), { minLength: 1, maxLength: 4 })
      .map((second) => ({ second, otherwise: 0 })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(2, 3, 5).map((otherwise) => ({ second: [], otherwise })),
  },
);

const codec = webCodec as { gzip: typeof webCodec.gzip };
const { gzip } = webCodec;

/** Until `packAlike`. */
export function packOtherwise(every: number): void {
  let packed = 0;
  codec.gzip = (bytes) =>
    ++packed % every === 0
      ? Promise.resolve(new Uint8Array(gzipSync(bytes, { level: 1 })))
      : gzip(bytes);
}

export function packAlike(): void {
  codec.gzip = gzip;
}
