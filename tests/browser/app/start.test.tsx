/** The first minute on a new device. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { freshName, open } from '../store/support';
import { mountApp, unmount } from './support';

afterEach(unmount);

test('headquarters: errors stand beside the fields, then the shell opens with what to do next', async () => {
  const vault = await open(freshName());
  await mountApp(vault);
  await page.getByRole('button', { name: /Headquarters: start an organisation/ }).click();
  await page.getByRole('textbox', { name: 'Site code' }).fill('H-Q');
  await page.getByRole('button', { name: 'Start the organisation' }).click();
  await expect.element(page.getByText('Enter a name.')).toBeVisible();
  await expect.element(page.getByText('Enter your name.')).toBeVisible();
  await expect.element(page.getByText('Use 1 to 6 letters A to Z or digits.')).toBeVisible();

  await page.getByRole('textbox', { name: 'Organisation or headquarters' }).fill('Harbour ');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Chen Wei');
  await page.getByRole('textbox', { name: 'Site code' }).fill('hq');
  await page.getByRole('button', { name: 'Start the organisation' }).click();
  await expect.element(page.getByText(/^AGE-SECRET-KEY-1/).first()).toBeVisible();
  const goOn = page.getByRole('button', { name: 'Go on' });
  await expect.element(goOn).toBeDisabled();
  await page.getByRole('checkbox', { name: 'It is printed and locked away' }).click();
  await goOn.click();
  await expect.element(page.getByRole('heading', { name: 'What to do next' })).toBeVisible();
  expect(vault.trust.roster()?.name).toBe('Harbour');
  expect(vault.trust.certificate()).toMatchObject({ role: 'hq', holder: 'Chen Wei', site: 'HQ' });
  expect(vault.device()).toMatchObject({ name: 'Harbour', role: 'hq', person: 'Chen Wei' });
  expect(vault.device()?.prefix.startsWith('HQ')).toBe(true);
  await expect.poll(() => vault.projection.records('ciClass').length).toBeGreaterThan(9);
  await vault.close();
});

test('a laptop goes on to its request for headquarters and makes no classes of its own', async () => {
  const vault = await open(freshName());
  await mountApp(vault, { locale: 'zh-CN' });
  await page.getByRole('button', { name: /笔记本：加入组织/ }).click();
  await page.getByRole('textbox', { name: '本机名称' }).fill('海港二号');
  await page.getByRole('textbox', { name: '您的姓名' }).fill('李娜');
  await page.getByRole('textbox', { name: '场地代码' }).fill('HB1');
  await page.getByRole('button', { name: '继续写出申请' }).click();
  await expect.element(page.getByRole('navigation', { name: '功能区' })).toBeVisible();
  await expect.poll(() => location.hash).toBe('#/exchange/devices');
  await expect.element(page.getByRole('heading', { name: '申请登记' })).toBeVisible();
  expect(vault.device()?.role).toBe('site');
  expect(vault.projection.records('ciClass')).toHaveLength(0);
  await vault.close();
});

test('one click shows the sample organisation in the language of the screen', async () => {
  const vault = await open(freshName());
  await mountApp(vault);
  await page.getByText('简体中文').click();
  await page.getByRole('button', { name: /用示例组织体验一下/ }).click();
  await expect.element(page.getByRole('navigation', { name: '功能区' })).toBeVisible();
  await expect.poll(() => vault.projection.records('service').length).toBeGreaterThan(5);
  const [service] = vault.projection.records('service');
  expect(service?.values.name).toMatch(/\p{Script=Han}/u);
  expect(vault.trust.standing()).toBe('member');
  await vault.close();
});
