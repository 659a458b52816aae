/** The sample organisation through the real door: checked, committed, and there after a restart. */
import { expect, test } from 'vitest';
import { loadSample } from '../../../renderer/app/sample';
import { freshName, open } from './support';

test.each(['en', 'zh-CN'] as const)(
  'the sample in %s survives closing the window',
  async (locale) => {
    const name = freshName();
    const vault = await open(name);
    expect(await loadSample(vault, locale)).toEqual({ ok: true, value: null });
    const before = vault.projection.size();
    expect(vault.device()?.role).toBe('hq');
    expect(vault.undoStep()).toBeUndefined();
    await vault.close();

    const again = await open(name);
    expect(again.projection.size()).toBe(before);
    expect(again.projection.records('plan').length).toBe(2);
    expect(again.nextNumber('ci')).toMatch(/-CI-0061$/);
    await again.close();
  },
);

test('a device that is set up already refuses the sample and stays as it was', async () => {
  const vault = await open(freshName());
  await vault.setUp({ name: 'HQ', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' });
  const before = vault.projection.size();
  expect((await loadSample(vault, 'en')).ok).toBe(false);
  expect(vault.projection.size()).toBe(before);
  await vault.close();
});
