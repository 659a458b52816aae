// The table of peers: every library with the same records in a browser profile of its own, so that
// its bytes on disk can be counted and none pays for another's leftovers.
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../bench/duel.ts';

/** A library that takes longer for one size, filling included, is stopped, and the table says where. */
const PATIENCE_MS = 120_000;
/** Rounds go on while they are cheap. */
const MOST_ROUNDS = 5;
const ENOUGH_MS = 3000;
/** A delta is short, and whatever else the machine does weighs more. */
const MOST_DELTAS = 15;

const columns = ['onDisk', 'file', 'pack', 'import', 'delta'];

/** Prints one table and gives its rows, times in milliseconds and sizes in bytes. */
export async function benchPeers({ sizes, address, launch, only }) {
  const all = await withProfile(launch, (open) =>
    open(address, (page) => page.evaluate(() => bench.peers.names())),
  );
  const unknown = only?.find((name) => !all.includes(name));
  if (unknown) throw new Error(`--peer takes one of ${all.join(', ')}`);
  const rows = [];
  heading();
  for (const n of sizes) {
    const first = rows.length;
    for (const name of only ?? all) {
      const row = await withProfile(launch, (open, folder) =>
        measure({ name, n, address, open, folder }),
      );
      const ours = rows[first] ?? row;
      rows.push({ ...row, ratio: ratios(row, ours) });
      show(rows.at(-1));
    }
  }
  return rows;
}

async function withProfile(launch, work) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-peer-'));
  const open = async (address, use) => {
    const browser = await launch(folder);
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(0);
      await page.goto(address);
      return await use(page);
    } finally {
      await browser.close();
    }
  };
  try {
    return await work(open, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measure({ name, n, address, open, folder }) {
  const row = { name, n, title: name };
  const until = performance.now() + PATIENCE_MS;
  const step = (what, work) => patiently(what, work, until);
  try {
    await open(address, async (page) => {
      row.title = await page.evaluate((key) => bench.peers.title(key), name);
      await step('fill', () => page.evaluate((args) => bench.peers.fill(...args), [name, n]));
    });
    row.onDisk = bytesIn(join(folder, 'Default', 'IndexedDB'));
    await open(address, (page) => rounds(page, row, step));
  } catch (error) {
    // A step too slow, or more than the library or the browser can hold: the table tells which.
    row.stopped = error instanceof Error ? error.message : String(error);
  }
  // What cannot change a database of that size can perhaps import it.
  if (row.stopped && row.pack !== undefined && row.import === undefined) {
    await open(address, (page) => rounds(page, row, step, false)).catch(() => undefined);
  }
  return row;
}

async function rounds(page, row, step, changing = true) {
  const call = (what) => step(what, () => page.evaluate((key) => bench.peers[key](), what));
  const { live } = await step('prepare', () =>
    page.evaluate((args) => bench.peers.prepare(...args), [row.name, row.n]),
  );
  const times = { pack: [], import: [], delta: [] };
  await enough(MOST_ROUNDS, async () => {
    const packed = await call('pack');
    row.file = packed.bytes;
    // A replication has no file: there is nothing to pack.
    if (!live) note(row, 'pack', times.pack, packed.ms);
  });
  // A source that is read while it changes has to stay open.
  if (!live && changing) {
    await enough(MOST_DELTAS, async () => {
      row.deltaFile = await call('change');
      row.deltas = (row.deltas ?? 0) + 1;
    });
    await call('closeSource');
  }
  await enough(MOST_ROUNDS, async () => {
    if (times.import.length > 0) await call('dropTarget');
    note(row, 'import', times.import, await call('import'));
  });
  if (changing)
    await enough(live ? MOST_DELTAS : row.deltas, async () => {
      if (live) await call('change');
      note(row, 'delta', times.delta, await call('delta'));
    });
  row.rounds = times.import.length;
  row.deltas = times.delta.length;
  await call('dropTarget');
}

async function enough(most, round) {
  const begun = performance.now();
  for (let i = 0; i < most; i++) {
    await round();
    if (performance.now() - begun > ENOUGH_MS) return;
  }
}

/** The median so far. */
function note(row, column, times, ms) {
  times.push(ms);
  row[column] = median(times);
}

async function patiently(what, work, until) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`stopped at ${what}, after ${PATIENCE_MS / 1000} s in all`)),
      Math.max(0, until - performance.now()),
    );
  });
  const working = work().catch((error) => {
    throw new Error(
      `${what}: ${String(error.message).split('\n')[0].replace('page.evaluate: ', '')}`,
    );
  });
  // When it is late, the page goes away under it.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}

const bytesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

const ratios = (row, ours) =>
  Object.fromEntries(columns.map((column) => [column, row[column] / ours[column]]));

function heading() {
  console.log('\nrecords and as many relations; in brackets: times the first line of that size');
  const cells = ['on disk MB', 'file MB', 'pack ms', 'import ms', 'delta 1 % ms'];
  console.log(
    ['peer'.padEnd(28), 'records'.padStart(8), ...cells.map((cell) => cell.padStart(17))].join(''),
  );
}

function show(row) {
  const cells = columns.map((column) => {
    const value = row[column];
    if (value === undefined) return '-'.padStart(17);
    const megabytes = column === 'onDisk' || column === 'file';
    const text = megabytes ? (value / 1e6).toFixed(1) : value.toFixed(value < 10 ? 1 : 0);
    const ratio = row.ratio[column];
    return `${text}${Number.isFinite(ratio) ? ` (${ratio.toFixed(1)})` : ''}`.padStart(17);
  });
  const stopped = row.stopped ? `  did not finish: ${row.stopped}` : '';
  console.log([row.title.padEnd(28), String(row.n).padStart(8), ...cells, stopped].join(''));
}
