/** Enrolment as people do it: a file there, six words by voice, a file back. Real vaults and screens. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { useEnrolling } from '../../../renderer/places/exchange/devices/enrolling';
import type { Vault } from '../../../renderer/store/vault';
import { deviceOf } from '../../../shared/trust/device';
import { mountApp, unmount } from '../app/support';
import { freshName, must, newPerson, open, openReady } from '../store/support';
import { newHeadquarters, newLaptop, newStick, receive, requestOf, send } from './enrolSupport';

const PATH = '/exchange/devices';

afterEach(() => {
  unmount();
  useEnrolling.getState().close();
});

const shownWords = (): string => {
  const list = page.getByRole('list', { name: 'Words of this device' }).element();
  return list.textContent;
};

const deviceId = (vault: Vault): string => deviceOf(vault.device()?.replica ?? '');

test('a laptop asks, headquarters compares six words and enrols, and one file makes it a member', async () => {
  const { hq } = await newHeadquarters();
  const { id, edit } = newPerson(hq, 'Rob Carver');
  must(await hq.commit([edit]));
  const laptop = await newLaptop();
  const stick = newStick();

  await mountApp(laptop, { path: PATH, host: stick.host });
  await expect.element(page.getByRole('heading', { name: 'Ask to be enrolled' })).toBeVisible();
  await page.getByRole('button', { name: 'Save the request file' }).click();
  await expect.element(page.getByText(/holdfast-request-HB\w\w\.holdfast is saved/)).toBeVisible();
  await expect.poll(() => shownWords().length).toBeGreaterThan(30);
  const words = shownWords();

  await mountApp(hq, { path: PATH, host: stick.host });
  await page.getByRole('button', { name: 'Open a request…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Enrol a device' });
  await expect.element(dialog.getByText(/“Harbour laptop” asks to be enrolled/)).toBeVisible();
  await expect.poll(shownWords).toBe(words);
  const enrol = dialog.getByRole('button', { name: 'Enrol', exact: true });
  await expect.element(enrol).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /I compared them with Li Na by voice/ }).click();
  await dialog.getByRole('radio', { name: 'Only these kinds' }).click();
  await dialog.getByRole('checkbox', { name: 'Services' }).click();
  await enrol.click();
  await dialog.getByRole('button', { name: 'Write its file' }).click();
  await expect.element(dialog.getByText('The file is written')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const row = page.getByRole('row', { name: /Harbour laptop/ });
  await expect.element(row.getByText('Not heard from yet')).toBeVisible();
  expect(hq.exchange.peers().map((peer) => deviceOf(peer.replica))).toEqual([deviceId(laptop)]);

  const plan = await receive(laptop, stick.file());
  expect(plan.enrols).toBe(true);
  expect(laptop.trust.standing()).toBe('member');
  expect(laptop.trust.certificate()?.kinds).not.toContain('service');
  expect(laptop.projection.get(id)?.values.name).toBe('Rob Carver');

  // From then on without a passphrase, in both directions.
  must(await laptop.commit([{ do: 'set', id, fields: { mobile: '+1 555 0100' } }]));
  const back = await receive(hq, await send(laptop, hq));
  expect(back.sender).toBe('proven');
  expect(hq.projection.get(id)?.values.mobile).toBe('+1 555 0100');
  await expect.element(row.getByText('Active')).toBeVisible();
  await Promise.all([hq.close(), laptop.close()]);
});

test('a request that is damaged, old, from a revoked device or from this one is refused in words', async () => {
  const { hq } = await newHeadquarters();
  const laptop = await newLaptop();
  const request = await requestOf(laptop);
  const stick = newStick();
  await mountApp(hq, { path: PATH, host: stick.host });
  const dialog = page.getByRole('dialog', { name: 'Enrol a device' });
  const offer = async (file: typeof request) => {
    stick.put(file);
    await page.getByRole('button', { name: 'Open a request…' }).click();
  };
  const close = () => userEvent.keyboard('{Escape}');

  const damaged = request.bytes.slice();
  damaged[60] = 0x58;
  await offer({ name: 'damaged.holdfast', bytes: damaged });
  await expect.element(dialog.getByRole('alert')).toBeVisible();
  await expect.element(dialog.getByRole('button', { name: 'Enrol' })).not.toBeInTheDocument();
  await close();

  await offer(await requestOf(hq));
  await expect.element(dialog.getByText(/written on this very device/)).toBeVisible();
  await close();

  const keys = laptop.trust.keys();
  if (!keys) throw new Error('no keys');
  const grant = { name: 'H', holder: 'L', site: 'HB', role: 'field', kinds: null, until: null };
  must(await hq.trust.enrol(deviceId(laptop), keys, { ...grant, role: 'field' }));
  await offer(request);
  await expect.element(dialog.getByText(/is enrolled already/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Write its file again' }).click();
  await expect.element(dialog.getByRole('button', { name: 'Write its file' })).toBeVisible();
  await close();

  must(await hq.trust.revoke({ device: deviceId(laptop), reason: 'stolen', last: {} }));
  await offer(request);
  await expect.element(dialog.getByText(/was revoked and cannot come back/)).toBeVisible();
  await Promise.all([hq.close(), laptop.close()]);
});

test('on a laptop a request says that only headquarters answers it, and the roster is read only', async () => {
  const { hq } = await newHeadquarters();
  const member = await enrolled(hq);
  const request = await requestOf(await newLaptop('Second', 'Ana'));
  await mountApp(member, { path: PATH, locale: 'zh-CN' });
  await expect.element(page.getByText(/组织成员由总部决定/)).toBeVisible();
  await page.getByRole('button', { name: 'Head office' }).click();
  await expect.element(page.getByText(/只有总部才能更改权限或吊销设备/)).toBeVisible();
  await userEvent.keyboard('{Escape}');
  useEnrolling.setState({ file: request });
  await expect.element(page.getByText(/只有总部才能答复/)).toBeVisible();
  await Promise.all([hq.close(), member.close()]);
});

test('a request dropped anywhere, or chosen for import, finds its way to the same dialogue', async () => {
  const { hq } = await newHeadquarters();
  const laptop = await newLaptop();
  const { name, bytes } = await requestOf(laptop);
  const stick = newStick();
  stick.put({ name, bytes });
  const dialog = page.getByRole('dialog', { name: 'Enrol a device' });
  await mountApp(hq, { path: '/settings', host: stick.host });
  await expect.element(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
  for (const type of ['dragover', 'drop']) {
    const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
    page.getByRole('heading', { name: 'Settings' }).element().dispatchEvent(event);
  }
  await expect.element(dialog.getByText(/asks to be enrolled/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await mountApp(hq, { path: '/exchange?import=1', host: stick.host });
  await page.getByRole('button', { name: /^Drop an exchange file here/ }).click();
  await expect.element(dialog.getByText(/asks to be enrolled/)).toBeVisible();
  expect(location.hash).toBe('#/exchange/devices');
  await Promise.all([hq.close(), laptop.close()]);
});

/** A laptop that headquarters has enrolled, by the same files but without the screens. */
async function enrolled(hq: Vault, name = 'Harbour laptop'): Promise<Vault> {
  const { enrolDevice, readRequest, replicaOf, writeAnswer } =
    await import('../../../renderer/exchange/enrol');
  const laptop = await newLaptop(name);
  const request = must(await readRequest((await requestOf(laptop)).bytes));
  must(
    await enrolDevice(hq, request, {
      name,
      holder: 'Li Na',
      site: 'HB',
      role: 'field',
      kinds: null,
      until: null,
      replaces: null,
    }),
  );
  const device = deviceId(laptop);
  const certificate = hq.trust.roster()?.devices.find((each) => each.device === device);
  if (!certificate) throw new Error('not enrolled');
  const stick = newStick();
  const replica = replicaOf(hq, certificate);
  must(await writeAnswer(hq, stick.host, { replica, certificate }, { filterName: 'Holdfast' }));
  await receive(laptop, stick.file());
  return laptop;
}

test('what a revoked device writes afterwards is held; what was written before may still come', async () => {
  const { hq } = await newHeadquarters();
  const laptop = await enrolled(hq);
  const first = newPerson(laptop, 'Written before');
  must(await laptop.commit([first.edit]));
  await receive(hq, await send(laptop, hq));
  const here = hq.projection.have()[laptop.device()?.replica ?? ''] ?? 0;
  const second = newPerson(laptop, 'On its way');
  must(await laptop.commit([second.edit]));
  const onItsWay = await send(laptop, hq);
  const third = newPerson(laptop, 'By the thief');
  must(await laptop.commit([third.edit]));
  const byThief = await send(laptop, hq);

  await mountApp(hq, { path: PATH });
  await page.getByRole('button', { name: 'Harbour laptop' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke Harbour laptop' });
  const last = dialog.getByRole('textbox', { name: 'Last accepted change' });
  await expect.element(last).toHaveValue(String(here));
  await last.fill(String(here + 1));
  await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect.element(dialog.getByText('Harbour laptop is revoked')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await receive(hq, onItsWay);
  await receive(hq, byThief);
  expect(hq.projection.get(first.id)).toBeDefined();
  expect(hq.projection.get(second.id)).toBeDefined();
  expect(hq.projection.get(third.id)).toBeUndefined();
  expect(hq.exchange.waiting().map(({ reason }) => reason)).toEqual(['revoked']);
  const row = page.getByRole('row', { name: /Harbour laptop/ });
  await expect.element(row.getByText('Revoked')).toBeVisible();
  await Promise.all([hq.close(), laptop.close()]);
});

test('a new laptop takes the place of a lost one, which is revoked with what is here of it', async () => {
  const { hq } = await newHeadquarters();
  const lost = await enrolled(hq, 'Lost laptop');
  const { id, edit } = newPerson(lost, 'Rob Carver');
  must(await lost.commit([edit]));
  await receive(hq, await send(lost, hq));
  const here = hq.projection.have()[lost.device()?.replica ?? ''];
  const stick = newStick();
  const laptop = await newLaptop('New laptop');
  stick.put(await requestOf(laptop));
  await mountApp(hq, { path: PATH, host: stick.host });
  await page.getByRole('button', { name: 'Open a request…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Enrol a device' });
  await dialog.getByRole('checkbox', { name: /I compared them/ }).click();
  await dialog.getByRole('combobox', { name: 'Takes the place of' }).click();
  await page.getByRole('option', { name: /^Lost laptop/ }).click();
  await expect.element(dialog.getByText(/That device is revoked/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Enrol', exact: true }).click();
  await expect.element(dialog.getByText('“New laptop” is enrolled')).toBeVisible();
  expect(hq.trust.roster()?.revoked).toMatchObject([
    { device: deviceId(lost), reason: 'replaced', last: { [lost.device()?.replica ?? '']: here } },
  ]);
  expect(hq.projection.get(id)).toBeDefined();
  const row = page.getByRole('row', { name: /Lost laptop/ });
  await expect.element(row.getByText('Revoked')).toBeVisible();
  await Promise.all([hq.close(), lost.close(), laptop.close()]);
});

test('a changed right is told by the next file, and what the laptop may no longer write is refused there', async () => {
  const { hq } = await newHeadquarters();
  const laptop = await enrolled(hq);
  await mountApp(hq, { path: PATH });
  await page.getByRole('button', { name: 'Harbour laptop' }).click();
  await page.getByRole('button', { name: 'Change rights' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rights of Harbour laptop' });
  await dialog.getByRole('combobox', { name: 'Holder' }).fill('Ana Torres');
  await dialog.getByRole('radio', { name: 'Reader' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(page.getByText('Rights of Harbour laptop changed')).toBeVisible();

  await receive(laptop, await send(hq, laptop));
  expect(laptop.trust.certificate()).toMatchObject({ holder: 'Ana Torres', role: 'reader' });
  const refused = await laptop.commit([newPerson(laptop, 'Nobody').edit]);
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'commit.notAllowed' } });
  await mountApp(laptop, { path: '/kind/person' });
  await expect.element(page.getByText(/may read everything and write nothing/)).toBeVisible();
  await Promise.all([hq.close(), laptop.close()]);
});

test('headquarters is gone: a new machine takes its place with the recovery key and any file', async () => {
  const { hq, recoveryKey } = await newHeadquarters();
  const { id, edit } = newPerson(hq, 'Rob Carver');
  must(await hq.commit([edit]));
  const laptop = await enrolled(hq);
  const stick = newStick();
  stick.put(await send(laptop, hq));
  const lost = deviceId(hq);
  await hq.close();

  const fresh = await open(freshName());
  await mountApp(fresh, { host: stick.host });
  await page.getByRole('button', { name: 'Start from the recovery key' }).click();
  await page
    .getByRole('textbox', { name: 'Name of the new headquarters' })
    .fill('Alternate office');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ana Torres');
  await page.getByRole('button', { name: 'Continue to the recovery key' }).click();
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  const key = page.getByRole('textbox', { name: 'Recovery key' });
  await key.fill(recoveryKey.replace('AGE-SECRET-KEY-1Q', 'AGE-SECRET-KEY-1P').slice(0, -1));
  await page.getByRole('button', { name: 'Become headquarters' }).click();
  await expect.element(page.getByText(/This is not the recovery key/)).toBeVisible();
  // As somebody types it off the sheet.
  await key.fill(recoveryKey.toLowerCase().replaceAll(/(.{4})/g, '$1 '));
  await page.getByRole('button', { name: 'Become headquarters' }).click();
  await expect.element(page.getByText('This device is headquarters now')).toBeVisible();
  expect(fresh.trust.certificate()?.role).toBe('hq');
  expect(fresh.device()?.role).toBe('hq');

  must(await fresh.trust.revoke({ device: lost, reason: 'lost', last: fresh.projection.have() }));
  await receive(laptop, await send(fresh, laptop));
  expect(laptop.trust.roster()?.revoked.map(({ device }) => device)).toEqual([lost]);
  expect(laptop.projection.get(id)?.values.name).toBe('Rob Carver');
  await Promise.all([fresh.close(), laptop.close()]);
});

test('a laptop of the organisation becomes headquarters with the key alone, and says so in its files', async () => {
  const { hq, recoveryKey } = await newHeadquarters();
  const laptop = await enrolled(hq);
  await mountApp(laptop, { path: PATH });
  await page.getByRole('button', { name: 'Start from the recovery key' }).click();
  await page.getByRole('textbox', { name: 'Recovery key' }).fill(recoveryKey);
  await page.getByRole('button', { name: 'Become headquarters' }).click();
  await expect.element(page.getByText('This device is headquarters now')).toBeVisible();
  await page.getByRole('button', { name: 'To the devices' }).click();
  await expect.element(page.getByRole('button', { name: 'Open a request…' })).toBeVisible();
  expect(laptop.device()?.role).toBe('hq');
  expect(laptop.projection.get(laptop.device()?.replica ?? '')?.values.role).toBe('hq');
  await Promise.all([hq.close(), laptop.close()]);
});

test('a headquarters of an earlier release makes its organisation, and reminds of the recovery key', async () => {
  const hq = await openReady(freshName());
  await mountApp(hq, { path: '/respond' });
  await page.getByRole('link', { name: 'Make the organisation' }).click();
  await page.getByRole('textbox', { name: 'Name of the organisation' }).fill('Harbour Logistics');
  await page.getByRole('button', { name: 'Make the organisation' }).click();
  await expect.element(page.getByRole('heading', { name: 'Recovery key' })).toBeVisible();
  await page.getByRole('button', { name: 'Go on without it' }).click();
  await expect.element(page.getByText('No laptop is enrolled yet')).toBeVisible();
  expect(hq.trust.standing()).toBe('member');
  location.hash = '#/respond';
  await expect.element(page.getByText(/No recovery key is put away/)).toBeVisible();
  await page.getByRole('link', { name: 'Make a new one' }).click();
  const before = hq.trust.roster()?.recovery;
  await page.getByRole('button', { name: 'New recovery key…' }).click();
  await page.getByRole('button', { name: 'Make a new key' }).click();
  await expect.element(page.getByText(/The former one still opens older files/)).toBeVisible();
  expect(hq.trust.roster()?.recovery).not.toBe(before);
  await page.getByRole('checkbox', { name: 'It is printed and locked away' }).click();
  await page.getByRole('button', { name: 'Go on' }).click();
  location.hash = '#/respond';
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.element(page.getByText(/No recovery key is put away/)).not.toBeInTheDocument();
  await hq.close();
});
