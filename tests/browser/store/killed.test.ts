/**
 * The page dies at any write: the n-th write to IndexedDB and all after it fail, as if the process
 * had ended inside that transaction. What was acknowledged must be there, and every changeset must
 * be there whole or not at all. Doing the rest again then equals success (I13).
 */
import { afterEach, expect, test } from 'vitest';
import type { Vault } from '../../../renderer/store/vault';
import type { Arrival, Segment } from '../../../renderer/store/exchangeStore';
import { encodeSegment } from '../../../shared/exchange/segment';
import { webCodec } from '../../../renderer/exchange/webCodec';
import type { Change } from '../../../shared/log/change';
import { freshName, must, newPerson, open } from './support';

const methods = ['put', 'add', 'delete', 'clear'] as const;
const originals = methods.map((method) => [method, IDBObjectStore.prototype[method]] as const);

function dieAtWrite(n: number): () => boolean {
  let writes = 0;
  for (const [method, original] of originals) {
    IDBObjectStore.prototype[method] = function dying(this: IDBObjectStore, ...args: unknown[]) {
      writes++;
      if (writes > n) throw new DOMException('killed', 'AbortError');
      return Reflect.apply(original, this, args) as never;
    };
  }
  return () => writes > n;
}

function revive(): void {
  for (const [method, original] of originals) IDBObjectStore.prototype[method] = original as never;
}

afterEach(revive);

const GROUP = 12;

/** Runs the scenario; returns the names whose changeset was acknowledged. */
async function live(vault: Vault, arrival: Foreign): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  const commitGroup = async (group: string) => {
    const edits = Array.from({ length: GROUP }, (_, i) => newPerson(vault, `${group}/${i}`).edit);
    if ((await vault.commit(edits)).ok) acknowledged.push(group);
  };
  await vault.setUp({ name: 'HQ', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' });
  await commitGroup('a');
  await vault.exchange.seal();
  await commitGroup('b');
  if ((await arriveAt(vault, arrival)).ok) acknowledged.push('foreign');
  await commitGroup('c');
  await vault.exchange.seal();
  await commitGroup('d');
  return acknowledged;
}

type Foreign = Omit<Arrival, 'version'>;
const arriveAt = (vault: Vault, arrival: Foreign) =>
  vault.exchange.receive({ ...arrival, version: vault.projection.version() });

async function foreignArrival(): Promise<Foreign> {
  const changes = Array.from({ length: GROUP }, (_, i): Change => ({
    r: 'laptop-0',
    s: i + 1,
    t: [1_700_000_000_000, i],
    by: 'Li Na',
    k: 'person',
    kv: 1,
    id: `foreign${i}`,
    f: { name: `foreign/${i}` },
  }));
  const segment: Segment = await encodeSegment(changes, undefined, webCodec);
  return {
    segments: [segment],
    waiting: () => [],
    changes,
    peer: {
      replica: 'laptop-0',
      name: 'Laptop',
      role: 'site',
      have: { 'laptop-0': GROUP },
      sent: {},
      lastIn: undefined,
      lastOut: undefined,
    },
    entry: {
      id: 'file1',
      direction: 'in',
      at: 1,
      name: 'x.holdfast',
      type: 'delta',
      peer: 'laptop-0',
      number: 1,
      changes: GROUP,
      bytes: segment.bytes.length,
    },
  };
}

const groupsOf = (vault: Vault): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const record of vault.projection.records('person')) {
    const { name } = record.values;
    const group = typeof name === 'string' ? (name.split('/')[0] ?? '') : '';
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return counts;
};

test('killed at any write, what was acknowledged is there and every changeset is whole', async () => {
  const arrival = await foreignArrival();
  let died = true;
  let n = 0;
  for (; died; n++) {
    const name = freshName();
    const vault = await open(name);
    const dead = dieAtWrite(n);
    const acknowledged = await live(vault, arrival).catch((): readonly string[] => {
      throw new Error(`killed at write ${n}: the store threw instead of refusing`);
    });
    died = dead();
    await vault.close();
    revive();

    const again = await open(name);
    const groups = groupsOf(again);
    for (const group of acknowledged) expect(groups.get(group), `write ${n}: ${group}`).toBe(GROUP);
    for (const [group, count] of groups) expect(count, `write ${n}: ${group}`).toBe(GROUP);

    // Life goes on: sequence numbers continue without a hole and the rest can be done again.
    if (!again.device()) {
      must(await again.setUp({ name: 'HQ', role: 'hq', siteCode: 'HQ', person: 'Chen Wei' }));
    }
    must(await again.commit([newPerson(again, 'after/0').edit]));
    must(await arriveAt(again, arrival));
    must(await again.exchange.seal());
    await again.close();
    const third = await open(name);
    expect(groupsOf(third).get('after')).toBe(1);
    expect(groupsOf(third).get('foreign')).toBe(GROUP);
    await third.close();
  }
  expect(n).toBeGreaterThan(10);
}, 120_000);
