/** From the loss to the report, on the real application over a real vault. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drillEntry } from '../../../shared/kinds/drillEntry';
import type { Value } from '../../../shared/log/change';
import type { Edit } from '../../../shared/log/changeset';
import type { Vault } from '../../../renderer/store/vault';
import { freshName, must, open, openReady } from '../store/support';
import { mountApp, unmount } from '../app/support';

afterEach(unmount);

const create = (kind: string, id: string, fields: Record<string, Value>): Edit => ({
  do: 'create',
  kind,
  id,
  fields,
});
const link = (from: string, rel: string, to: string): Edit => ({ do: 'link', from, rel, to });

/** A site with two services, a spare line, and a plan of three steps and two calls. */
const organisation: readonly Edit[] = [
  create('site', 'main', { name: 'Main site', type: 'main' }),
  create('site', 'other', { name: 'Other site', type: 'branch' }),
  create('ci', 'rack', { name: 'Rack 1', site: 'main' }),
  create('ci', 'lineA', { name: 'Line A', site: 'main', redundancyGroup: 'Lines' }),
  create('ci', 'lineB', { name: 'Line B', site: 'other', redundancyGroup: 'Lines' }),
  create('service', 'pay', { name: 'Payments', criticality: 'critical', rto: 60, mtpd: 240 }),
  create('service', 'mail', { name: 'Mail', criticality: 'low' }),
  create('service', 'phone', { name: 'Telephony' }),
  link('pay', 'dependsOn', 'rack'),
  link('mail', 'dependsOn', 'pay'),
  link('phone', 'dependsOn', 'lineA'),
  create('person', 'ann', { name: 'Ann Lee', mobile: '555-0101' }),
  create('person', 'bo', { name: 'Bo Diaz', mobile: '555-0102' }),
  create('plan', 'plan', { name: 'Main site gone', status: 'approved' }),
  create('plan', 'unfit', { name: 'Power cut' }),
  link('plan', 'covers', 'main'),
  link('plan', 'restores', 'pay'),
  create('planStep', 'one', { plan: 'plan', order: 1, title: 'Open the log', owner: 'ann' }),
  create('planStep', 'two', {
    plan: 'plan',
    order: 2,
    title: 'Mount the backup',
    duration: 30,
    restores: 'pay',
  }),
  create('planStep', 'three', {
    plan: 'plan',
    order: 3,
    title: 'Tell the press',
    mode: 'realOnly',
  }),
  link('two', 'after', 'one'),
  create('callNode', 'lead', {
    plan: 'plan',
    order: 1,
    role: 'Lead',
    person: 'ann',
    deputy: 'bo',
    channel: 'mobile',
  }),
];

async function ready(name = freshName()): Promise<Vault> {
  const vault = await openReady(name);
  must(await vault.commit(organisation));
  return vault;
}

const runs = (vault: Vault) => vault.projection.records('drill');
const typesOf = (vault: Vault, id: string) =>
  vault.projection.parts(id, drillEntry).map((entry) => entry.values.type);

async function chooseMain(): Promise<void> {
  await expect.element(page.getByRole('combobox', { name: '1 What is lost?' })).toHaveFocus();
  await userEvent.keyboard('main{Enter}');
}

async function startDrill(vault: Vault): Promise<string> {
  await mountApp(vault, { path: '/respond' });
  await page.getByRole('link', { name: 'Declare a loss or start a drill' }).click();
  await chooseMain();
  await page.getByRole('radio', { name: 'Drill', exact: true }).click();
  await page.getByRole('button', { name: 'Start the drill' }).click();
  await expect.poll(() => location.hash).toContain('#/respond/run/');
  return location.hash.split('/').at(-1) ?? '';
}

test('choosing a site shows what is hit, what redundancy saved, the first step and the first call', async () => {
  const vault = await ready();
  await mountApp(vault, { path: '/respond/declare' });
  await chooseMain();
  const impact = page.getByRole('region', { name: 'Impact' });
  await expect.element(impact.getByText('2 services, 2 items')).toBeVisible();
  await expect.element(impact.getByText('Lines: 1 of 2 still up, 1 needed')).toBeVisible();
  await expect.element(impact.getByText('Not affected thanks to it: Telephony')).toBeVisible();
  await expect.element(page.getByText('Open the log')).toBeVisible();
  await expect.element(page.getByText('555-0101')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: /Main site gone/ })).toBeChecked();
  await impact.getByRole('button', { name: /Mail/ }).click();
  await expect.element(impact.getByText(/Mail Depends on Payments/)).toBeVisible();
  await vault.close();
});

test('a real invocation is asked for twice and marked as real', async () => {
  const vault = await ready();
  await mountApp(vault, { path: '/respond/declare' });
  await chooseMain();
  await expect.element(page.getByRole('button', { name: 'Start now' })).toBeDisabled();
  await page.getByRole('radio', { name: 'Real', exact: true }).click();
  await page.getByRole('button', { name: 'Invoke for real' }).click();
  expect(runs(vault)).toHaveLength(0);
  await page.getByRole('button', { name: 'Yes, invoke for real' }).click();
  await expect.element(page.getByRole('listitem', { name: '3. Tell the press' })).toBeVisible();
  expect(runs(vault)[0]?.values).toMatchObject({ mode: 'real', status: 'running', site: 'main' });
  await expect.element(page.getByRole('button', { name: 'Pause' })).not.toBeInTheDocument();
  await vault.close();
});

test('steps and calls are worked through with the keyboard, each key one line of the log', async () => {
  const vault = await ready();
  const id = await startDrill(vault);
  const first = page.getByRole('listitem', { name: '1. Open the log' });
  await expect.element(first).toHaveAttribute('data-status', 'ready');
  await expect
    .element(page.getByRole('listitem', { name: '3. Tell the press' }))
    .not.toBeInTheDocument();
  await userEvent.keyboard('s');
  await expect.element(first).toHaveAttribute('data-status', 'running');
  await userEvent.keyboard('d');
  await expect.element(first).toHaveAttribute('data-status', 'done');

  const second = page.getByRole('listitem', { name: '2. Mount the backup' });
  await expect.element(second).toHaveAttribute('data-status', 'ready');
  await page.getByRole('button', { name: 'Start: step 2' }).click();
  await page.getByRole('button', { name: 'Block: step 2' }).click();
  await page.getByRole('textbox', { name: 'What blocks it?' }).fill('no console key');
  await userEvent.keyboard('{Enter}');
  await expect.element(second).toHaveAttribute('data-status', 'blocked');

  const call = page.getByRole('group', { name: 'Call now' });
  await expect.element(call.getByText('555-0101')).toBeVisible();
  await userEvent.keyboard('2');
  await expect.element(call.getByText('555-0102')).toBeVisible();
  await userEvent.keyboard('1');
  await expect.element(page.getByText('1 of 1 reached · 100 %')).toBeVisible();

  const log = page.getByRole('textbox', { name: 'Write to the log' });
  await log.fill('/decision move to the other site');
  await userEvent.keyboard('{Enter}');
  const lines = page.getByRole('list', { name: 'Log' });
  await expect
    .poll(() => lines.element().textContent)
    .toContain('Decision: move to the other site');
  expect(typesOf(vault, id)).toEqual([
    'started',
    'stepStarted',
    'stepDone',
    'stepStarted',
    'stepBlocked',
    'call',
    'call',
    'decision',
  ]);
  expect(vault.undoStep()?.op).not.toBe('drill');
  await vault.close();
});

test('keys do nothing behind an open dialogue', async () => {
  const vault = await ready();
  const id = await startDrill(vault);
  await page.getByRole('button', { name: 'Stand down…' }).click();
  page.getByRole('button', { name: 'Cancel' }).element().focus();
  await userEvent.keyboard('sd12');
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(typesOf(vault, id)).toEqual(['started']);
  await vault.close();
});

test('closing the window in the middle loses nothing', async () => {
  const name = freshName();
  const vault = await ready(name);
  const id = await startDrill(vault);
  await userEvent.keyboard('sd');
  await expect.poll(() => typesOf(vault, id)).toEqual(['started', 'stepStarted', 'stepDone']);
  unmount();
  await vault.close();

  const again = await open(name);
  await mountApp(again, { path: `/respond/run/${id}` });
  await expect
    .element(page.getByRole('listitem', { name: '1. Open the log' }))
    .toHaveAttribute('data-status', 'done');
  const clock = page.getByRole('timer', { name: 'Elapsed' });
  await expect.poll(() => clock.element().textContent).toMatch(/^00:0\d:\d\d$/);
  await again.close();
});

test('standing down names what is open and leads to the report, its findings to a change request', async () => {
  const vault = await ready();
  const id = await startDrill(vault);
  await page.getByRole('button', { name: 'Payments is back' }).click();
  await page.getByRole('button', { name: 'Stand down…' }).click();
  await expect.element(page.getByText('1 service is not back')).toBeVisible();
  await expect.element(page.getByText('2 steps are not done')).toBeVisible();
  await page.getByRole('button', { name: 'Stand down and report' }).click();
  await expect.poll(() => location.hash).toBe(`#/respond/report/${id}`);
  await expect
    .element(page.getByText('1 of 1 services with an RTO came back in time.'))
    .toBeVisible();

  await page.getByRole('textbox', { name: 'Findings and recommendations' }).fill('Key not in safe');
  await page.getByRole('radio', { name: 'Performed with some challenges' }).click();
  await page.getByRole('button', { name: 'Save evaluation' }).click();
  await expect
    .poll(() => vault.projection.get(id)?.values)
    .toMatchObject({ findings: 'Key not in safe', rating: 'someChallenges', status: 'stoodDown' });

  await page.getByRole('button', { name: 'Create change request from findings' }).click();
  await expect.poll(() => vault.projection.records('change')).toHaveLength(1);
  const change = vault.projection.records('change')[0];
  expect(change?.values.reason).toBe('Key not in safe');
  expect(vault.projection.linksFrom(change?.id ?? '', 'fromDrill')).toHaveLength(1);
  expect(vault.projection.linksFrom(change?.id ?? '', 'affects')).toHaveLength(1);
  await vault.close();
});

test('a drill planned for later is started from the list, as the same record', async () => {
  const vault = await ready();
  await mountApp(vault, { path: '/respond/declare?plan=plan', locale: 'zh-CN' });
  await page.getByRole('radio', { name: '演练', exact: true }).click();
  await page.getByRole('button', { name: '计划以后进行' }).click();
  await page.getByRole('button', { name: '列入计划' }).click();
  await expect.poll(() => runs(vault)[0]?.values.status).toBe('planned');
  await page.getByRole('link', { name: '开始 Main site不可用' }).click();
  await page.getByRole('button', { name: '开始演练' }).click();
  await expect.poll(() => runs(vault)[0]?.values.status).toBe('running');
  expect(runs(vault)).toHaveLength(1);
  expect(typesOf(vault, runs(vault)[0]?.id ?? '')).toEqual(['started']);
  await vault.close();
});

test('an empty vault says what to do next', async () => {
  const vault = await openReady(freshName());
  await mountApp(vault, { path: '/respond' });
  await expect
    .element(page.getByRole('heading', { name: 'No drill and no invocation yet' }))
    .toBeVisible();
  await mountApp(vault, { path: '/respond/declare' });
  await expect.element(page.getByText(/There are no sites, services or items yet/)).toBeVisible();
  await mountApp(vault, { path: '/respond/run/nothing' });
  await expect.element(page.getByRole('heading', { name: 'This run is not here' })).toBeVisible();
  await vault.close();
});
