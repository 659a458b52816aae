/** The recovery key is the last way in: the printed commands must work with nothing of ours installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TFunction } from 'i18next';
import { expect, onTestFinished, test } from 'vitest';
import { organisationCode, tidyRecoveryKey } from '../../renderer/exchange/enrol';
import { commands, keyFile, keyGroups } from '../../renderer/places/exchange/devices/recoveryText';
import { exportFrom, laptop } from './exchangeVault';

const missing = ['age', 'tar', 'zcat', 'jq'].filter(
  (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0,
);
const reason = missing.length ? ` (skipped: no ${missing.join(', ')} here)` : '';

const t = ((key: string) => key) as unknown as TFunction;

async function organisation() {
  const hq = laptop('hq-0', 'hq');
  await hq.trust.ensureKeys();
  const made = await hq.trust.createOrganisation({ name: 'Harbour Logistics', accepted: {} });
  if (!made.ok) throw new Error(made.refusal.code);
  const root = hq.trust.roster()?.root ?? '';
  return { hq, recoveryKey: made.value.recoveryKey, code: await organisationCode(root) };
}

async function packageOf(hq: Awaited<ReturnType<typeof organisation>>['hq'], name: string) {
  const id = hq.vault.projection.get('ci00000000000001');
  const fields = { name };
  hq.write(
    id
      ? { do: 'set', id: 'ci00000000000001', fields }
      : { do: 'create', kind: 'ci', id: 'ci00000000000001', fields },
  );
  const seal = { kind: 'recipients', devices: ['hq'] } as const;
  return (await exportFrom(hq, undefined, { seal })).bytes;
}

/** The sheet's commands as they stand on it, in a folder with the key and one package. */
function open(file: string, bytes: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-recovery-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'recovery-key.txt'), file);
  writeFileSync(join(folder, 'package.holdfast'), bytes);
  const run = (command: string) =>
    execFileSync('bash', ['-o', 'pipefail', '-c', command], { cwd: folder, stdio: 'pipe' });
  return commands.map((command) => run(command).toString());
}

test.skipIf(missing.length > 0)(
  `the text that is saved and the commands on the sheet open a package with age, tar, zcat and jq${reason}`,
  { timeout: 20_000 },
  async () => {
    const { hq, recoveryKey, code } = await organisation();
    const text = keyFile(recoveryKey, 'Harbour Logistics', code, '2026-11-23', t);
    const [, shown = ''] = open(text, await packageOf(hq, '核心交换机'));
    expect(shown).toContain('"name": "核心交换机"');
  },
);

test.skipIf(missing.length > 0)(
  `a new key opens what is written from then on, the old one only what was written before${reason}`,
  { timeout: 20_000 },
  async () => {
    const { hq, recoveryKey: old } = await organisation();
    const before = await packageOf(hq, 'Before');
    const renewed = await hq.trust.newRecoveryKey();
    if (!renewed.ok) throw new Error(renewed.refusal.code);
    const after = await packageOf(hq, 'After');
    expect(open(`${old}\n`, before)[1]).toContain('"name": "Before"');
    expect(open(`${renewed.value.recoveryKey}\n`, after)[1]).toContain('"name": "After"');
    expect(() => open(`${old}\n`, after)).toThrow(/no identity matched/);
  },
);

test('the key as printed in groups, typed in small letters, is the key; one wrong letter is none', async () => {
  const { recoveryKey } = await organisation();
  const printed = keyGroups(recoveryKey).join(' ');
  expect(printed.replaceAll(' ', '')).toBe(recoveryKey);
  expect(await tidyRecoveryKey(`\n${printed.toLowerCase()} `)).toBe(recoveryKey);
  const last = recoveryKey.at(-1) === 'Q' ? 'P' : 'Q';
  expect(await tidyRecoveryKey(recoveryKey.slice(0, -1) + last)).toBeUndefined();
  expect(await tidyRecoveryKey('harbour lamp seven ropes')).toBeUndefined();
});
