/** In twenty years there may be no Holdfast: `age`, `tar` and `zcat` must still read the file. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportFrom, fleet, laptop, PASSPHRASE, readInto } from './exchangeVault';

const sealed = { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 10 } as const;

const missing = ['age', 'tar', 'zcat', 'script'].filter(
  (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
);
const reason = missing.length ? ` (skipped: no ${missing.join(', ')} here)` : '';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-interop-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** age asks for passphrases on a terminal only; `script` lends it one. */
function withTerminal(command: string, folder: string, answers: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: folder });
    let asked = 0;
    child.stdout.on('data', (data: Buffer) => {
      const prompts = data.toString().match(/passphrase[^\n]*: ?/gi)?.length ?? 0;
      for (let i = 0; i < prompts && asked < answers; i++, asked++) {
        child.stdin.write(`${PASSPHRASE}\n`);
      }
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
}

test.skipIf(missing.length > 0)(
  `age -d, tar x and zcat read what we write${reason}`,
  { timeout: 20_000 },
  async () => {
    const folder = temporaryFolder();
    const { hq, sites } = await fleet(['a-0']);
    hq.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: '核心交换机' } });
    const { bytes } = await exportFrom(hq, sites[0]?.replica, { seal: sealed });
    writeFileSync(join(folder, 'x.holdfast'), bytes);
    expect(await withTerminal('age -d -o x.tar x.holdfast', folder, 1)).toBe(0);
    execFileSync('tar', ['-xf', 'x.tar'], { cwd: folder });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      segments: { name: string }[];
    };
    const names = readdirSync(join(folder, 'segments')).map((name) => `segments/${name}`);
    expect(names).toEqual(manifest.segments.map((segment) => segment.name));
    const lines = names.flatMap((name) =>
      execFileSync('zcat', [name], { cwd: folder }).toString().trim().split('\n'),
    );
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { holdfast: 'segment', v: 1, r: 'hq-0', from: 2, to: 2 },
      { r: 'hq-0', s: 2, id: 'ci00000000000001', f: { name: '核心交换机' } },
    ]);
  },
);

test.skipIf(missing.length > 0)(
  `we read what age -p writes${reason}`,
  { timeout: 30_000 },
  async () => {
    const folder = temporaryFolder();
    const hq = laptop('hq-0', 'hq');
    hq.write({ do: 'create', kind: 'ci', id: 'ci00000000000001', fields: { name: 'x' } });
    const { bytes } = await exportFrom(hq, undefined, { seal: sealed });
    writeFileSync(join(folder, 'x.holdfast'), bytes);
    expect(await withTerminal('age -d -o x.tar x.holdfast', folder, 1)).toBe(0);
    expect(await withTerminal('age -p -o y.holdfast x.tar', folder, 2)).toBe(0);
    const again = new Uint8Array(readFileSync(join(folder, 'y.holdfast')));
    const ready = await readInto(laptop('a-0'), again);
    expect(ready.ok && ready.value.plan.changes.length).toBe(1);
  },
);
