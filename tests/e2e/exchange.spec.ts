/**
 * Three devices and their files, end to end: joining, carrying for each other, disagreeing. Every
 * word is read from the screens; the server is gone and the network is off from the start.
 */
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import {
  aFolder,
  answer,
  apply,
  askToJoin,
  beginHq,
  beginLaptop,
  chosen,
  close,
  compare,
  cutOff,
  dialogOf,
  exchangePart,
  expectField,
  inTab,
  ITEM,
  joinWith,
  putKeyAway,
  report,
  rewrite,
  saved,
  spoken,
  take,
  wordsOfAll,
  writeFile,
} from './exchangeSteps';
import { test } from './organisation';
import { findRecord, goTo, newRecord } from './steps';

/** Three browsers on one busy machine; alone they need a minute at most. */
test.describe.configure({ timeout: 240_000 });

test('an organisation begins with a recovery key, and two laptops join it by file after six words', async ({
  openProfile,
  server,
}) => {
  const folder = aFolder();
  const hq = await openProfile();
  const a = await openProfile();
  const b = await openProfile();
  await cutOff(server, hq, a, b);

  await test.step('the recovery key is shown once, and prints as a page of its own', async () => {
    const key = await beginHq(hq.page, 'Harbour Logistics', 'Chen Wei');
    expect(key.replaceAll(/\s/g, '')).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
    await hq.page.emulateMedia({ media: 'print' });
    const sheet = hq.page.getByRole('article');
    await expect(sheet.getByRole('heading', { level: 1 })).toHaveText(
      'Recovery key of Harbour Logistics',
    );
    expect(await sheet.getByLabel('Recovery key').innerText()).toBe(key);
    await expect(sheet.getByText('Kept at')).toBeVisible();
    await expect(hq.page.getByRole('checkbox')).toBeHidden();
    await hq.page.emulateMedia({ media: 'screen' });
    await expect(sheet).toBeHidden();
    await putKeyAway(hq.page);
    await hq.page.reload();
    await expect(hq.page.getByRole('navigation').first()).toBeVisible();
    await expect(hq.page.getByText(key)).toBeHidden();
  });
  await newRecord(hq.page, 'ci', { Name: ITEM, Role: 'as delivered' });

  for (const [laptop, name, person] of [
    [a, 'Laptop A', 'Li Na'],
    [b, 'Laptop B', 'Omar Haddad'],
  ] as const) {
    await test.step(`${name} asks, is enrolled and has everything`, async () => {
      await beginLaptop(laptop.page, name, person);
      const asked = await askToJoin(laptop.page, folder);
      // It asks again after a restart, with the same words.
      await laptop.page.reload();
      expect(await askToJoin(laptop.page, folder)).toMatchObject({ words: asked.words });
      await joinWith(laptop.page, await answer(hq.page, asked, folder));
      await expectField(laptop.page, ITEM, 'as delivered');
      await exchangePart(laptop.page, 'Devices');
      await expect(laptop.page.getByRole('row', { name: new RegExp(name) })).toContainText(
        'this device',
      );
    });
  }

  await exchangePart(hq.page, 'Devices');
  await expect(hq.page.getByRole('table', { name: 'Devices' }).getByRole('row')).toHaveCount(4);
});

test('a change reaches headquarters by way of another laptop, once', async ({
  organisation: { hq, a, b, folder },
}) => {
  await rewrite(a, ITEM, 'Rack and unit', 'R12 U4');
  const toB = await writeFile(a, folder, { to: ['Laptop B'] });
  const toHq = await writeFile(a, folder, { to: ['Harbour'] });

  await test.step('B takes it and brings it to headquarters', async () => {
    const dialog = await report(b, toB);
    await expect(inTab(dialog, 'Changed', 1)).toBeVisible();
    await apply(dialog);
    await take(hq, await writeFile(b, folder, { to: ['Harbour'] }));
    await expectField(hq, ITEM, 'R12 U4');
  });

  await test.step('A’s own file comes later and brings nothing', async () => {
    const shown = await hq.getByText('R12 U4').count();
    const dialog = await report(hq, toHq);
    await expect(dialog.getByText('Everything in it is here already.')).toBeVisible();
    await expect(dialog.getByText('sender proven by signature')).toBeVisible();
    await apply(dialog);
    await findRecord(hq, ITEM, ITEM);
    await expect(hq.getByText('R12 U4')).toHaveCount(shown);
  });

  await test.step('on the telephone they find what A lacks, and after one more file nothing', async () => {
    const different = await compare(a, await wordsOfAll(hq));
    await expect(different.getByText(/^Different\./)).toBeVisible();
    // B's own record came to headquarters with the change that B carried.
    await different
      .getByRole('textbox', { name: 'Changes of Laptop A at the other side' })
      .fill('2');
    await expect(different.getByRole('row', { name: /^Laptop A/ })).toContainText('the same');
    await close(different);
    const toBoth = await writeFile(hq, folder, { to: ['Laptop A', 'Laptop B'] });
    for (const laptop of [a, b]) {
      await take(laptop, toBoth);
      const same = await compare(laptop, await wordsOfAll(hq));
      await expect(same.getByText(/^The same: both devices/)).toBeVisible();
      await close(same);
    }
  });
});

test('two answers to one question meet at headquarters, which decides once for all', async ({
  organisation: { hq, a, b, folder },
}) => {
  const stick = aFolder();
  await rewrite(a, ITEM, 'Role', 'feeds the terminal');
  await rewrite(b, ITEM, 'Role', 'feeds the gate');
  const fromA = await writeFile(a, stick, { to: ['Harbour'] });
  await writeFile(b, stick, { to: ['Harbour'] });

  await test.step('headquarters takes the whole stick with one report', async () => {
    await goTo(hq, 'Exchange');
    await hq.getByRole('button', { name: 'Import folder…' }).click();
    const dialog = dialogOf(hq, 'Import many files');
    await chosen(hq, dialog.getByRole('button', { name: 'Choose a folder…' }), stick);
    // The change, and with it the laptop's own record.
    await expect(dialog.getByText(/^4 changes to apply, from 2 files$/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Apply all' }).click();
    await expect(dialog.getByText(/^4 changes applied, from 2 files$/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('the queue shows what was before, both values, and who wrote them where', async () => {
    await exchangePart(hq, 'Overview');
    await hq.getByRole('link', { name: '1 conflict to decide' }).click();
    const conflict = hq.getByRole('group', { name: 'Role', exact: true });
    await expect(conflict).toContainText('Before');
    await expect(conflict).toContainText('as delivered');
    const ofA = conflict.getByRole('group', { name: 'feeds the terminal' });
    const ofB = conflict.getByRole('group', { name: 'feeds the gate' });
    await expect(ofA).toContainText(/Li Na · .* Laptop A/);
    await expect(ofB).toContainText(/Omar Haddad · .* Laptop B/);
    // What the clock picks until then is the later one; a person picks the other.
    await ofA.getByRole('button', { name: 'Keep this value' }).click();
    await expect(hq.getByText('No conflicts', { exact: true })).toBeVisible();
  });

  await test.step('the decision reaches both laptops in one file', async () => {
    const decision = await writeFile(hq, folder, { to: ['Laptop A', 'Laptop B'] });
    for (const laptop of [a, b]) {
      const dialog = await report(laptop, decision);
      await expect(inTab(dialog, 'In conflict', 0)).toBeVisible();
      await apply(dialog);
      await expectField(laptop, ITEM, 'feeds the terminal');
    }
  });

  await test.step('and stays, whatever older file comes again', async () => {
    const ofB = await writeFile(b, folder, { to: ['Laptop A'] });
    await take(a, ofB);
    const again = await report(hq, fromA);
    await expect(again.getByText(/^This file has come before, on \d/)).toBeVisible();
    await close(again);
    for (const device of [hq, a, b]) {
      await exchangePart(device, 'Needs attention');
      await expect(device.getByText('Nothing needs attention.')).toBeVisible();
      await expectField(device, ITEM, 'feeds the terminal');
    }
  });
});

test('the same in Chinese: the organisation begins, a laptop joins by file, and its change comes back', async ({
  openProfile,
  server,
}) => {
  const folder = aFolder();
  const { page: hq, ...first } = await openProfile({ locale: 'zh-CN' });
  const { page: laptop, ...second } = await openProfile({ locale: 'zh-CN' });
  await cutOff(server, { page: hq, ...first }, { page: laptop, ...second });
  const press = (page: Page, name: string) =>
    page.getByRole('button', { name, exact: true }).click();
  const fill = async (page: Page, values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) {
      await page.getByRole('textbox', { name }).fill(value);
    }
  };
  const importing = async (page: Page, path: string) => {
    const dialog = dialogOf(page, '导入文件');
    await chosen(page, dialog.getByRole('button', { name: /^将交换文件拖到此处/ }), path);
    return dialog;
  };

  await test.step('总部建立组织', async () => {
    await hq.getByRole('button', { name: /^总部：建立组织/ }).click();
    await fill(hq, { 组织或总部名称: '港口物流总部', 您的姓名: '陈伟', 场地代码: 'HQ' });
    await press(hq, '建立组织');
    await expect(hq.getByRole('heading', { name: '恢复密钥', exact: true })).toBeVisible();
    await hq.getByRole('checkbox', { name: '已打印并锁好' }).check();
    await press(hq, '继续');
    await hq.goto(`${hq.url().split('#')[0]}#/new/ci`);
    await fill(hq, { 名称: '核心交换机' });
    await press(hq, '新建');
    await expect(hq).toHaveURL(/#\/record\//);
  });

  await test.step('笔记本申请，总部核对六个词并登记', async () => {
    await laptop.getByRole('button', { name: /^笔记本：加入组织/ }).click();
    await fill(laptop, { 本机名称: '港区笔记本', 您的姓名: '李娜', 场地代码: 'HB1' });
    await press(laptop, '继续写出申请');
    const asked = await saved(laptop, laptop.getByRole('button', { name: '保存申请文件' }), folder);
    const words = await spoken(laptop.getByRole('list', { name: '本设备的核对词' }));
    await hq.getByRole('link', { name: /^交换/ }).click();
    await hq.getByRole('navigation', { name: '交换的各部分' }).getByText('设备').click();
    await chosen(hq, hq.getByRole('button', { name: '打开登记申请…' }), asked);
    const dialog = dialogOf(hq, '登记设备');
    expect(await spoken(dialog.getByRole('list', { name: '本设备的核对词' }))).toEqual(words);
    await dialog.getByRole('checkbox', { name: '我已与李娜口头核对，完全一致' }).check();
    await dialog.getByRole('button', { name: '登记', exact: true }).click();
    const answered = await saved(hq, dialog.getByRole('button', { name: '写出其文件' }), folder);
    const own = await spoken(dialog.getByRole('list', { name: '组织的核对词' }));
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    await press(laptop, '已收到答复：打开');
    const welcome = await importing(laptop, answered);
    await expect(welcome.getByText('此文件使本机成为港口物流总部的成员')).toBeVisible();
    expect(await spoken(welcome.getByRole('list', { name: '组织的核对词' }))).toEqual(own);
    await welcome.getByRole('button', { name: '加入组织并应用' }).click();
    await expect(welcome.getByText('文件已应用')).toBeVisible();
    await welcome.getByRole('button', { name: '关闭' }).last().click();
  });

  await test.step('笔记本写出文件，总部应用', async () => {
    await laptop.goto(`${laptop.url().split('#')[0]}#/new/ci`);
    await fill(laptop, { 名称: '边界路由器' });
    await press(laptop, '新建');
    await expect(laptop).toHaveURL(/#\/record\//);
    await laptop.getByRole('link', { name: /^交换/ }).click();
    await press(laptop, '导出文件…');
    const out = dialogOf(laptop, '导出文件');
    const back = await saved(laptop, out.getByRole('button', { name: '写出文件' }), folder);
    await expect(out.getByText('文件已写出')).toBeVisible();
    await hq.getByRole('link', { name: /^交换/ }).click();
    await press(hq, '导入文件…');
    const dialog = await importing(hq, back);
    await expect(dialog.getByText('港区笔记本的第 1 号文件')).toBeVisible();
    await expect(dialog.getByText('发送者已由签名证实')).toBeVisible();
    await expect(dialog.getByText('边界路由器')).toBeVisible();
    await dialog.getByRole('button', { name: '应用', exact: true }).click();
    await expect(dialog.getByText('文件已应用')).toBeVisible();
  });
});
