/**
 * Headquarters' whole machine is put back from a backup, as with the snapshot of a virtual machine: nothing on
 * it remembers what it wrote since. It gives the same numbers again, and nothing may be hidden by that.
 */
import { expect } from './fixtures';
import { exchangePart, ITEM, report, rewrite, take, writeFile } from './exchangeSteps';
import { test } from './organisation';
import { findRecord } from './steps';

/** Three browsers and a fourth on one busy machine; alone they need less than a minute. */
test.describe.configure({ timeout: 240_000 });

test('what a laptop overwrote without having seen it is in conflict, and said by whom', async ({
  organisation: { hq: lost, a, folder },
  enrolled: [kept],
  openProfile,
}) => {
  await test.step('a laptop goes on from what the lost machine had said', async () => {
    await rewrite(lost, ITEM, 'Role', 'before the machine was lost');
    await take(a, await writeFile(lost, folder, { to: ['Laptop A'] }));
    await lost.close();
    await rewrite(a, ITEM, 'Role', 'by the laptop');
  });
  const { page: hq } = await openProfile({ copyOf: kept });

  await test.step('headquarters says something else under that number', async () => {
    await rewrite(hq, ITEM, 'Role', 'after it was put back');
    await take(hq, await writeFile(a, folder, { to: ['Harbour'] }));
    // The laptop hears that headquarters has something else, and brings what it has itself.
    await take(a, await writeFile(hq, folder, { to: ['Laptop A'] }));
    await take(hq, await writeFile(a, folder, { to: ['Harbour'] }));
  });

  await test.step('a person sees both', async () => {
    await exchangePart(hq, 'Overview');
    await hq.getByRole('link', { name: '1 conflict to decide' }).click();
    const conflict = hq.getByRole('group', { name: 'Role', exact: true });
    await expect(conflict.getByRole('group', { name: 'after it was put back' })).toBeVisible();
    await expect(conflict.getByRole('group', { name: 'by the laptop' })).toBeVisible();
    await findRecord(hq, ITEM, ITEM);
    await expect(
      hq
        .getByRole('region', { name: 'History' })
        .getByText(/^Written again: it had been overwritten by someone who had not seen it/),
    ).toBeVisible();
  });

  await test.step('so does the laptop, which says why it is opened anew, and what only it had is held', async () => {
    const dialog = await report(a, await writeFile(hq, folder, { to: ['Laptop A'] }));
    await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(a.getByText(/^The file is applied\. What headquarters decided for/)).toBeVisible();
    await findRecord(a, ITEM, ITEM);
    await expect(a.getByText('after it was put back').first()).toBeVisible();
    for (const page of [a, hq]) {
      await exchangePart(page, 'Needs attention');
      await expect(page.getByText(/a disk was cloned or an old copy put back/)).toBeVisible();
    }
  });
});
