// `npm run bench`: measures the program in a real Chromium on real IndexedDB, each figure beside a
// plain peer of the same run. `--quick`: 10,000 records only, fewer rounds. `--only <name>`: one of
// start, commit, search, import, package, impact, peers. `--peer <name>`: of the peers only that one
// (again for more); names are the keys in tests/bench/peers/run.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { benchPeers } from './benchPeers.mjs';
import { findChromium } from './findChromium.ts';
import { inProject } from './runStep.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    peer: { type: 'string', multiple: true },
  },
});
const sizes = options.quick ? [10_000] : [10_000, 100_000];
const names = ['start', 'commit', 'search', 'import', 'package', 'impact', 'peers'];
if (options.only && !names.includes(options.only)) {
  console.error(`--only takes one of ${names.join(', ')}`);
  process.exit(2);
}
const wanted = (name) => !options.only || options.only === name;
const configFile = inProject('tests', 'bench', 'vite.config.ts');

process.chdir(inProject('.'));
await build({ configFile });
const server = await preview({
  configFile,
  preview: { port: 0, strictPort: false, host: '127.0.0.1' },
});
const address = server.resolvedUrls?.local[0];
const profile = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
const executablePath = findChromium();
const launch = (folder) =>
  chromium.launchPersistentContext(folder, {
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
const browser = await launch(profile);
const figures = [];
let peers = [];

try {
  for (const n of sizes) await measure(n, options.quick || n > 50_000);
  if (wanted('peers')) peers = await benchPeers({ sizes, address, launch, only: options.peer });
} finally {
  await browser.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
writeFileSync(inProject('out', 'bench.json'), `${JSON.stringify({ figures, peers }, null, 2)}\n`);

async function measure(n, few) {
  if (wanted('search')) await inFreshPage('search', n, few ? 2 : 4);
  if (wanted('impact')) await inFreshPage('impact', n, few ? 3 : 7);
  // A put per row of a large register takes half a minute by itself.
  if (wanted('import')) await inFreshPage('import', n, n > 50_000 ? 1 : few ? 2 : 5);
  if (!['start', 'commit', 'package'].some(wanted)) return;
  const bytes = await withPage((page) => page.evaluate((size) => bench.fill(size), n));
  console.log(
    `\nvault of ${n} records and as many relations: ${(bytes / 1e6).toFixed(0)} MB read at a start`,
  );
  if (wanted('start')) await start(n, few ? 3 : 5);
  if (wanted('commit')) await inFreshPage('commit', n, few ? 30 : 60);
  if (wanted('package')) await inFreshPage('package', n, n > 50_000 ? 3 : 15);
  await withPage((page) => page.evaluate((size) => bench.drop(size), n));
}

async function inFreshPage(name, n, rounds) {
  const found = await withPage((page) =>
    page.evaluate(([bench_, size, times]) => bench[bench_](size, times), [name, n, rounds]),
  );
  for (const figure of found) show(figure);
}

/** Every round loads the page anew, for ours and for the peer, in turns. */
async function start(n, rounds) {
  const ours = [];
  const plain = [];
  for (let round = -1; round < rounds; round++) {
    const order = round % 2 ? ['startOurs', 'startPlain'] : ['startPlain', 'startOurs'];
    for (const call of order) {
      const took = await withPage((page) =>
        page.evaluate(([name, size]) => bench[name](size), [call, n]),
      );
      if (round >= 0) (call === 'startOurs' ? ours : plain).push(took);
    }
  }
  const peers = {
    content: 'raw getAll of the same bytes',
    search: 'getAll, JSON.parse, lower-case and scan',
  };
  for (const part of ['content', 'search']) {
    const name = part === 'content' ? 'start to first content' : 'start to usable search';
    const input = [name, peers[part], n, ours.map((o) => o[part]), plain.map((o) => o[part])];
    show(await withPage((page) => page.evaluate((args) => bench.figure(...args), input)));
  }
}

async function withPage(work) {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(address);
  const result = await work(page);
  await page.close();
  return result;
}

function show(figure) {
  if (figures.length === 0) {
    console.log(
      `${'what'.padEnd(36)}${'records'.padStart(8)}${'ms'.padStart(10)}${'peer ms'.padStart(10)}${'ratio'.padStart(8)}  peer`,
    );
  }
  figures.push(figure);
  const digits = (value) => value.toFixed(value < 10 ? 2 : 0).padStart(10);
  console.log(
    `${figure.name.padEnd(36)}${String(figure.n).padStart(8)}${digits(figure.median)}${digits(figure.baseline)}${figure.ratio.toFixed(2).padStart(8)}  ${figure.peer}`,
  );
}
