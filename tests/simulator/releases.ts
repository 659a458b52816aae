/** Members of one organisation whose releases differ: what they write into files, and what they look past. */
import fc from 'fast-check';
import { engine, type Engine } from '../../renderer/exchange/engine';
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

/** By member: whether its release is one of the second format. */
export type Releases = readonly boolean[];

/** Everybody has today's. */
export const ALIKE: Releases = [];

export const releases: fc.Arbitrary<Releases> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(ALIKE) },
  { weight: 1, arbitrary: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }) },
);
