/**
 * A device of the simulator: the real vault on an IndexedDB in memory, a host that remembers what
 * was exported, a clock of its own. It can be killed, backed up, put back, and its disk copied.
 */
import { memoryDb } from './memoryDb';
import { applyPackage, readPackage, type ReadyImport } from '../../renderer/exchange/importFile';
import { peerOf } from '../../renderer/exchange/senderOfFile';
import { engine, type Engine } from '../../renderer/exchange/engine';
import { exportPackage, type ExportOptions } from '../../renderer/exchange/exportFile';
import { createDb } from '../../renderer/store/db';
import { openVault } from '../../renderer/store/openVault';
import type { Vault } from '../../renderer/store/vault';
import type { Peer } from '../../renderer/store/exchangeStore';
import { ok, refuse, type Result } from '../../shared/result';

/** The true time of a simulated world, in milliseconds since 1970-01-01 UTC. */
export interface WorldClock {
  now: number;
}

export interface Machine {
  readonly name: string;
  readonly clock: WorldClock;
  /** Largest exported sequence per replica: outside the database, so no backup takes it back. */
  readonly exported: Map<string, number>;
  vault: Vault;
  /** Name of the database it lives in now. */
  db: string;
  /** How far its clock is from the true time, in milliseconds. */
  skew: number;
  /** What its release packs and reads files with. */
  engine: Engine;
  /** True while its disk takes nothing more, so that no file can be saved. */
  stickFull: boolean;
}

let databases = 0;
const freshDb = (name: string): string => `${name}~${++databases}`;

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

const hostOf = (exported: Map<string, number>) => ({
  exported: (replica: string) => Promise.resolve(exported.get(replica) ?? 0),
  keepExported: (replica: string, sequence: number) => {
    exported.set(replica, Math.max(sequence, exported.get(replica) ?? 0));
    return Promise.resolve(ok(null));
  },
});

const timeOf = (machine: Pick<Machine, 'clock' | 'skew'>): number =>
  Math.max(0, machine.clock.now + machine.skew);

async function openOn(machine: Omit<Machine, 'vault'>): Promise<Vault> {
  return must(
    await openVault({
      name: machine.db,
      host: hostOf(machine.exported),
      now: () => timeOf(machine),
    }),
  );
}

/** `db`: an existing database, such as the copy of another machine's disk. */
export async function createMachine(
  name: string,
  clock: WorldClock,
  db: string = freshDb(name),
  exported: ReadonlyMap<string, number> = new Map(),
): Promise<Machine> {
  const machine = {
    name,
    clock,
    db,
    skew: 0,
    engine,
    stickFull: false,
    exported: new Map(exported),
  } as unknown as Machine;
  machine.vault = await openOn(machine);
  return machine;
}

/** Everything on the disk of one device, under another name. */
export async function copyDisk(from: string, label = 'copy'): Promise<string> {
  const to = freshDb(label);
  const [source, copy] = [createDb(from), createDb(to)];
  await Promise.all([source.open(), copy.open()]);
  // At one moment: what the program tidies up meanwhile must not be torn apart.
  const all = await source.transaction('r', source.tables, () =>
    Promise.all(source.tables.map((table) => table.toArray())),
  );
  for (const [i, table] of source.tables.entries()) {
    const rows = all[i] ?? [];
    if (rows.length > 0) await copy.table(table.name).bulkPut(rows);
  }
  source.close();
  copy.close();
  return to;
}

/** The program is closed in order and started again. */
export async function restart(machine: Machine): Promise<void> {
  await machine.vault.close();
  machine.vault = await openOn(machine);
}

/** The power goes: nothing is put in order first; what is on the disk is all there is. */
export async function kill(machine: Machine): Promise<void> {
  const { vault, db } = machine;
  machine.db = await copyDisk(db, machine.name);
  machine.vault = await openOn(machine);
  await vault.close();
  memoryDb.deleteDatabase(db);
}

/** The disk as it was when `backup` was taken. */
export async function putBack(machine: Machine, backup: string): Promise<void> {
  await machine.vault.close();
  memoryDb.deleteDatabase(machine.db);
  machine.db = await copyDisk(backup, machine.name);
  machine.vault = await openOn(machine);
}

export async function dispose(machine: Machine): Promise<void> {
  await machine.vault.close();
  memoryDb.deleteDatabase(machine.db);
}

export const forget = (db: string): void => {
  memoryDb.deleteDatabase(db);
};

export const replicaOf = (machine: Machine): string => machine.vault.device()?.replica ?? '';

export const peerAt = (machine: Machine, other: Machine): Peer | undefined =>
  peerOf(machine.vault, replicaOf(other));

let files = 0;
const FIRST_OF_WORLD = 1000;

/** Starts anew, so that a world gives its files the same names whichever ran before it. */
export function numberFiles(): void {
  files = FIRST_OF_WORLD;
}

/** Since then. */
export const filesWritten = (): number => files - FIRST_OF_WORLD;

/** The bytes of a file for the peer; undefined: for anybody new. Refusals are the program's own. */
export async function writeFile(
  from: Machine,
  peer: Peer | undefined,
  options: Partial<ExportOptions> = {},
): Promise<Result<Uint8Array>> {
  let bytes: Uint8Array = new Uint8Array();
  const written = await exportPackage(
    from.vault,
    {
      ...hostOf(from.exported),
      saveFile: (file) => {
        if (from.stickFull) return Promise.resolve(refuse('host.diskFull'));
        bytes = file.bytes as Uint8Array;
        return Promise.resolve(ok({ name: file.name }));
      },
    },
    {
      peer,
      content: 'changes',
      seal: { kind: 'clear' },
      filterName: 'Holdfast',
      engine: from.engine,
      now: () => timeOf(from),
      newFileId: () => `file-${String(++files).padStart(10, '0')}`,
      ...options,
    },
  );
  return written.ok ? ok(bytes) : written;
}

export const readFile = (
  to: Machine,
  bytes: Uint8Array,
  passphrase?: string,
): Promise<Result<ReadyImport>> =>
  readPackage(to.vault, {
    file: { name: 'x.holdfast', bytes },
    engine: to.engine,
    now: () => timeOf(to),
    ...(passphrase === undefined ? {} : { passphrase }),
  });

/** Reads and applies; opens the vault anew where a branch of the log gave way. */
export async function takeIn(
  to: Machine,
  bytes: Uint8Array,
  passphrase?: string,
): Promise<Result<ReadyImport>> {
  const ready = await readFile(to, bytes, passphrase);
  if (!ready.ok) return ready;
  const applied = await applyPackage(to.vault, ready.value);
  if (!applied.ok) return applied;
  if (to.vault.replaced()) await restart(to);
  return ready;
}
