/** The portable edition as a product: its address, its policy, and life without its server. */
import { expect, test, untilOffline } from './fixtures';

test('the page opens under a strict content policy without breaking it', async ({
  page,
  server,
}) => {
  const response = await page.request.get(server.url);
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain('unsafe');
  await expect(page.locator('#root')).not.toBeEmpty();
});

test('every response has its own style nonce', async ({ request, server }) => {
  const nonceOf = async () => {
    const response = await request.get(server.url);
    const nonce = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
    expect(await response.text()).toContain(`nonce="${nonce}"`);
    return nonce;
  };
  expect(await nonceOf()).not.toBe(await nonceOf());
});

test('with the server gone the program reloads from what it kept', async ({
  page,
  server,
  context,
}) => {
  await untilOffline(page);
  await server.close();
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('#root')).not.toBeEmpty();
  const styled = await page.evaluate(
    () => getComputedStyle(document.documentElement).getPropertyValue('--mantine-scale') !== '',
  );
  expect(styled).toBe(true);
});

test('with the server gone every file of the program still answers', async ({
  page,
  server,
  context,
}) => {
  await untilOffline(page);
  const files = await page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return kept.flat().map((request) => request.url);
  });
  expect(files.length).toBeGreaterThan(5);
  await server.close();
  await context.setOffline(true);
  const statuses = await page.evaluate(
    async (urls) => Promise.all(urls.map(async (url) => (await fetch(url)).status)),
    files,
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
});

test('it can be installed', async ({ page, server }) => {
  const link = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await page.request.get(new URL(link ?? '', server.url).href);
  const { name, icons } = (await manifest.json()) as {
    readonly name: string;
    readonly icons: readonly { readonly src: string }[];
  };
  expect(name).toBe('Holdfast');
  for (const icon of icons) {
    const answer = await page.request.get(new URL(icon.src, server.url).href);
    expect(answer.status(), icon.src).toBe(200);
  }
});

test('the server answers to no other name and no way out of its folder', async ({
  request,
  server,
}) => {
  const foreign = await request.get(server.url, { headers: { host: 'holdfast.example' } });
  expect(foreign.status()).toBe(421);
  const outside = await request.get(`${server.url}/..%2f..%2fpackage.json`);
  expect(outside.status()).toBe(404);
  const written = await request.post(server.url, { data: 'x' });
  expect(written.status()).toBe(405);
});

test('two profiles are two laptops with their own data', async ({ openProfile }) => {
  const [hq, site] = [await openProfile(), await openProfile({ locale: 'zh-CN' })];
  await hq.page.evaluate(() => localStorage.setItem('whose', 'hq'));
  expect(await site.page.evaluate(() => localStorage.getItem('whose'))).toBeNull();
});
