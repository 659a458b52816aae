/** The bytes of attachments: under the right hash, or asked for until they come. */
import { createHash } from 'node:crypto';
import type { Machine } from './machine';
import { isIn, type Member, type World, note } from './world';

export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Hashes that an attachment shown on the device names, found without the program's index. */
function namedAt({ vault: { projection } }: Machine): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { id, kind, values } of projection.all()) {
    if (kind !== 'attachment' || !projection.visible(id)) continue;
    if (typeof values.sha256 === 'string') named.add(values.sha256);
  }
  return named;
}

const active = (world: World): readonly Member[] =>
  world.members.filter((member) => isIn(world, member));

/** Bytes that some member lacks and another one has, as text. */
export function bytesUnderWay(world: World): readonly string[] {
  const members = active(world);
  const somewhere = new Set(members.flatMap(({ machine }) => [...machine.vault.blobs.hashes()]));
  return members.flatMap(({ machine }) =>
    [...namedAt(machine)]
      .filter((sha256) => somewhere.has(sha256) && !machine.vault.blobs.has(sha256))
      .map((sha256) => `${machine.name} lacks ${sha256}`),
  );
}

export async function checkBytes(world: World): Promise<void> {
  for (const { machine, bytes } of active(world)) {
    const { blobs } = machine.vault;
    const named = namedAt(machine);
    const missing = new Set(blobs.missing());
    for (const sha256 of blobs.hashes()) {
      await checkBlob(machine, sha256);
      if (missing.has(sha256)) throw new Error(`${machine.name} asks for ${sha256} and has it`);
    }
    for (const sha256 of missing) {
      if (!named.has(sha256)) throw new Error(`${machine.name} asks for ${sha256}, named by none`);
    }
    for (const sha256 of named) {
      if (blobs.has(sha256)) continue;
      if (!missing.has(sha256)) throw new Error(`${machine.name} does not ask for ${sha256}`);
      if (bytes.has(sha256)) throw new Error(`${machine.name} has lost the bytes of ${sha256}`);
      note(world, 'bytes nobody has');
    }
  }
}

/** Throws unless the device gives out bytes for the hash, and the right ones. */
export async function checkBlob({ name, vault }: Machine, sha256: string): Promise<void> {
  const blob = await vault.blobs.get(sha256);
  if (!blob) throw new Error(`${name} says it has ${sha256}, and has not`);
  const real = hashOf(new Uint8Array(await blob.arrayBuffer()));
  if (real !== sha256) throw new Error(`${name} has the bytes of ${real} under ${sha256}`);
}
