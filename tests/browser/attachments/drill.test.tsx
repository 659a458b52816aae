/** Photos taken during a drill go to the drill and stand in its report. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { attachmentsOf } from '../../../shared/attachments/attachment';
import { mountApp, unmount } from '../app/support';
import { freshName, must, openReady } from '../store/support';

afterEach(unmount);

test('a picture pasted while the log is being written is attached to the drill and shown in its report', async () => {
  const vault = await openReady(freshName());
  must(
    await vault.commit([
      { do: 'create', kind: 'site', id: 'main', fields: { name: 'Main site', type: 'main' } },
      { do: 'create', kind: 'plan', id: 'plan', fields: { name: 'Main site gone' } },
      {
        do: 'create',
        kind: 'planStep',
        id: 'one',
        fields: { plan: 'plan', title: 'Open the log' },
      },
      { do: 'link', from: 'plan', rel: 'covers', to: 'main' },
    ]),
  );
  await mountApp(vault, { path: '/respond/declare' });
  await expect.element(page.getByRole('combobox', { name: '1 What is lost?' })).toHaveFocus();
  await userEvent.keyboard('main{Enter}');
  await page.getByRole('radio', { name: 'Drill', exact: true }).click();
  await page.getByRole('button', { name: 'Start the drill' }).click();
  await expect.poll(() => location.hash).toMatch(/^#\/respond\/run\//);
  const [drill] = vault.projection.records('drill');
  const log = page.getByRole('textbox', { name: 'Write to the log' });
  await log.click();
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])], 'image.png'));
  log
    .element()
    .dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  await page.getByRole('textbox', { name: /^Caption of Pasted picture/ }).fill('Door B is blocked');
  await userEvent.keyboard('{Enter}');
  await expect
    .poll(() => attachmentsOf(vault.projection, drill?.id ?? '').map(({ caption }) => caption))
    .toEqual(['Door B is blocked']);
  await expect.element(page.getByRole('button', { name: 'Attach files' })).toBeEnabled();

  await mountApp(vault, { path: `/respond/report/${drill?.id ?? ''}` });
  const section = page.getByRole('region', { name: 'Attachments' });
  await expect.element(section.getByText('Door B is blocked')).toBeVisible();
  unmount();
  await vault.close();
});
