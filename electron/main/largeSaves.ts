/**
 * Files that the page hands over piece by piece. It knows them by a number that means nothing, and
 * they end with the page: what was not finished is taken away.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { maximumFileBytes, type BegunSave, type HostCalls } from '../../shared/host';
import { ok, refuse, type Result } from '../../shared/result';
import { beginWriting, type Writing } from './writeAtomically';

/** Nothing of the program writes more files at a time. */
const MOST_AT_ONCE = 4;

export interface LargeSaves extends Pick<HostCalls, 'writeSave' | 'endSave'> {
  begin(path: string): Promise<Result<BegunSave>>;
  abandonAll(): Promise<void>;
}

interface Open {
  readonly name: string;
  readonly writing: Writing;
  bytes: number;
}

export function largeSaves(begin: typeof beginWriting = beginWriting): LargeSaves {
  const open = new Map<string, Open>();

  /** After a refusal the page goes no further, so another number is none of its own. */
  function known(id: string): Open {
    const save = open.get(id);
    if (!save) throw new Error('no such save');
    return save;
  }

  async function abandon(id: string): Promise<void> {
    const save = open.get(id);
    open.delete(id);
    await save?.writing.abandon();
  }

  return {
    async begin(path) {
      const name = basename(path);
      if (open.size >= MOST_AT_ONCE) return refuse('host.writeFailed', { name });
      const writing = await begin(path);
      if (!writing.ok) return writing;
      const id = randomUUID();
      open.set(id, { name, writing: writing.value, bytes: 0 });
      return ok({ id, name });
    },
    async writeSave({ id, bytes }) {
      const save = known(id);
      save.bytes += bytes.length;
      if (save.bytes > maximumFileBytes) {
        await abandon(id);
        return refuse('host.writeFailed', { name: save.name });
      }
      const written = await save.writing.write(bytes);
      if (!written.ok) open.delete(id);
      return written;
    },
    async endSave({ id, keep }) {
      if (keep) {
        const save = known(id);
        open.delete(id);
        return save.writing.finish();
      }
      await abandon(id);
      return ok(null);
    },
    async abandonAll() {
      await Promise.all(Array.from(open.keys(), abandon));
    },
  };
}
