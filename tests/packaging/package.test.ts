/**
 * Packs the desktop edition around a stand-in for Electron's binary, which cannot be had everywhere:
 * a small program with the same fuse wire, and a few locales. The archive and the fuses are real.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..', '..');
const canPack = process.platform === 'linux';
/** Where Electron keeps its fuses: a mark, the version and length of the wire, and the wire. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = 9;
/** Characters on the wire: burnt and not. */
const off = '0'.charCodeAt(0);
const on = '1'.charCodeAt(0);

let folder = '';
let packed = '';

beforeAll(() => {
  if (!canPack) return;
  folder = mkdtempSync(join(tmpdir(), 'holdfast-package-'));
  const electron = join(folder, 'electron');
  makeElectron(electron);
  const output = join(folder, 'dist');
  const builder = join(project, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [`electronDist=${electron}`, `directories.output=${output}`];
  execFileSync(
    process.execPath,
    [builder, '--linux', 'dir', ...settings.map((setting) => `-c.${setting}`)],
    { cwd: project, stdio: 'pipe' },
  );
  packed = join(output, 'linux-unpacked');
}, 120_000);
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true });
});

function makeElectron(path: string): void {
  mkdirSync(join(path, 'locales'), { recursive: true });
  const binary = join(path, 'electron');
  copyFileSync('/bin/true', binary);
  const wire = Buffer.from([1, fuses, ...Array<number>(fuses).fill(off)]);
  writeFileSync(binary, Buffer.concat([readFileSync(binary), Buffer.from(fuseMark), wire]));
  chmodSync(binary, 0o755);
  for (const locale of ['en-US', 'zh-CN', 'de']) {
    writeFileSync(join(path, 'locales', `${locale}.pak`), '');
  }
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(path, name), '');
  writeFileSync(join(path, 'version'), '0.0.0');
}

test.runIf(canPack)('the archive holds the three outputs and no library', () => {
  const files = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false });
  const top = new Set(files.map((file) => file.split('/')[1]));
  expect(top).toEqual(new Set(['LICENSE', 'out', 'package.json']));
  const outputs = new Set(
    files.filter((file) => file.startsWith('/out/')).map((file) => file.split('/')[2]),
  );
  expect(outputs).toEqual(new Set(['main', 'preload', 'renderer']));
  expect(files).toContain('/out/renderer/index.html');
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
});

test.runIf(canPack)(
  'the binary cannot be turned into Node, inspected, or fed another program',
  async () => {
    const wire = await getCurrentFuseWire(join(packed, 'holdfast'));
    expect(wire.version).toBe(FuseVersion.V1);
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.EnableCookieEncryption]: on,
    });
  },
);
