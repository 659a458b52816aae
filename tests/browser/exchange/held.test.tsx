/** What is held for distrust or for a later release, seen and decided on the screen. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { foundOrganisation, revokeDevice } from '../../../renderer/exchange/enrol';
import { exportPackage } from '../../../renderer/exchange/exportFile';
import { applyPackage, readPackage } from '../../../renderer/exchange/importFile';
import { readableNow } from '../../../renderer/exchange/readableNow';
import type { Vault } from '../../../renderer/store/vault';
import { deviceOf } from '../../../shared/trust/device';
import { mountApp, unmount } from '../app/support';
import { freshName, must, newPerson, open, valueOf } from '../store/support';
import { newHeadquarters, newMember, newStick, send } from './enrolSupport';

afterEach(unmount);

/** A laptop that was revoked with nothing accepted, and its file. */
async function revokedAuthor() {
  const { hq } = await newHeadquarters();
  const laptop = await newMember(hq, 'Quay laptop');
  const device = deviceOf(laptop.device()?.replica ?? '');
  const { id, edit } = newPerson(laptop, 'Ada Byron');
  must(await laptop.commit([edit]));
  const file = await send(laptop, hq);
  must(await revokeDevice(hq, { device, reason: 'stolen', last: {} }));
  return {
    hq,
    laptop,
    id,
    file,
    end: async () => void (await Promise.all([hq.close(), laptop.close()])),
  };
}

test('a file of a revoked device says so, and what it wrote is held with the reason', async () => {
  const { hq, id, file, end } = await revokedAuthor();
  const stick = newStick();
  stick.put(file);
  await mountApp(hq, { path: '/exchange?import=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('button', { name: /Drop an exchange file/ }).click();
  await expect.element(dialog.getByText('sender revoked')).toBeVisible();
  await expect.element(dialog.getByRole('tab', { name: /Held \d/ })).toBeVisible();
  await expect.element(dialog.getByText(/The device was revoked/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Take it in' }).click();
  await expect.element(dialog.getByText(/held$/).first()).toBeVisible();
  expect(hq.projection.get(id)).toBeUndefined();
  expect(hq.exchange.waiting().map(({ reason }) => reason)).toContain('revoked');
  await end();
});

async function bring(to: Vault, file: { name: string; bytes: Uint8Array }): Promise<void> {
  must(await applyPackage(to, must(await readPackage(to, { file }))));
}

test('headquarters looks at what is held, keeps it out, decides again, and accepts it for everybody', async () => {
  const { hq, id, file, end } = await revokedAuthor();
  await bring(hq, file);
  const stick = newStick();
  await mountApp(hq, { path: '/exchange', host: stick.host });
  await page.getByRole('link', { name: '1 device whose changes are held' }).click();
  const card = page.getByRole('article', { name: 'Held changes of Quay laptop' });
  await expect.element(card.getByText('Revoked', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'What it contains' }).click();
  await expect.element(card.getByText('Ada Byron')).toBeVisible();
  expect(hq.projection.get(id)).toBeUndefined();

  await card.getByRole('button', { name: 'Save as file…' }).click();
  await expect.poll(() => stick.file().name).toMatch(/^holdfast-held-.*\.ndjson\.gz$/);

  await card.getByRole('button', { name: 'Keep out' }).click();
  await expect.element(card.getByText(/Kept out by Chen Wei/)).toBeVisible();
  await expect
    .element(
      page
        .getByRole('navigation', { name: 'Parts of the exchange' })
        .getByText('Needs attention', { exact: true }),
    )
    .toBeVisible();
  await card.getByRole('button', { name: 'Decide again' }).click();
  await card.getByRole('button', { name: 'Accept for everybody' }).click();
  await expect.element(page.getByText('Nothing needs attention.')).toBeVisible();
  expect(valueOf(hq, id, 'name')).toBe('Ada Byron');
  expect(hq.exchange.waiting()).toEqual([]);
  await end();
});

test('a file of a later release is kept whole, tried again after an update, and can be put back', async () => {
  const { hq } = await newHeadquarters();
  const stick = newStick();
  // As a later release would write it: the oldest reader it names is ahead of this one.
  must(
    await exportPackage(hq, stick.host, {
      peer: undefined,
      content: 'snapshot',
      seal: { kind: 'clear' },
      filterName: 'Holdfast',
    }),
  );
  const file = laterRelease(stick.file());
  stick.put(file);
  await mountApp(hq, { path: '/exchange?import=1', host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('button', { name: /Drop an exchange file/ }).click();
  await expect.element(dialog.getByText(/newer release/).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep it here' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  await page.getByRole('link', { name: '1 file of a later release is kept' }).click();
  const held = page.getByRole('region', { name: 'Kept for a later release' });
  await expect.element(held.getByText(/waits for an update/)).toBeVisible();
  const [kept] = hq.heldFiles.list();
  expect((await hq.heldFiles.read(kept?.sha256 ?? ''))?.bytes).toEqual(file.bytes);
  // Still too new for the next one: it waits on.
  expect(await readableNow(hq, '99.0.0', new AbortController().signal)).toBe(0);
  expect(hq.heldFiles.list()[0]?.release).toBe('99.0.0');
  await held.getByRole('button', { name: 'Remove' }).click();
  await expect.element(held).not.toBeInTheDocument();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect.poll(() => hq.heldFiles.list().length).toBe(1);
  await hq.close();
});

test('after an update the files kept for it are told, and what can be read now is taken in from where it lies', async () => {
  const name = freshName();
  const before = await open(name);
  must(await before.setUp({ name: 'Head office', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' }));
  must(await foundOrganisation(before, 'Harbour Logistics'));
  const laptop = await newMember(before, 'Quay laptop');
  const { id, edit } = newPerson(laptop, 'Ada Byron');
  must(await laptop.commit([edit]));
  const file = await send(laptop, before);
  const later = laterRelease(await send(laptop, before, { kind: 'clear' }));
  // An earlier release of this program could read neither.
  must(await before.heldFiles.keep(file, '0.0.1'));
  must(await before.heldFiles.keep({ ...later, name: 'later.holdfast' }, '0.0.1'));
  await before.close();

  const hq = await open(name);
  await mountApp(hq, { path: '/exchange/attention' });
  await expect
    .element(
      page.getByText('1 file that was kept for this release can be imported now', { exact: false }),
    )
    .toBeVisible();
  const held = page.getByRole('region', { name: 'Kept for a later release' });
  const row = (text: string) => held.getByRole('listitem').filter({ hasText: text });
  await expect.element(row('later.holdfast').getByText(/waits for an update/)).toBeVisible();
  await expect.element(row(file.name).getByText(/was updated since: try it/)).toBeVisible();
  await row(file.name).getByRole('button', { name: 'Try again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.element(dialog.getByText('The file is applied')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  expect(valueOf(hq, id, 'name')).toBe('Ada Byron');
  await expect.poll(() => hq.heldFiles.list().map((kept) => kept.name)).toEqual(['later.holdfast']);
  await Promise.all([hq.close(), laptop.close()]);
});

/** The clear archive with `"minReader":9`; check sums of the tar header cover the header only. */
function laterRelease({ name, bytes }: { name: string; bytes: Uint8Array }) {
  const text = new TextDecoder('latin1').decode(bytes);
  const at = text.indexOf('"minReader":') + '"minReader":'.length;
  const out = bytes.slice();
  out[at] = '9'.charCodeAt(0);
  return { name, bytes: out };
}
