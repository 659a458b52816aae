/** Small settings and form drafts of this device: never part of the log, never exchanged. */
import type { Fields } from '../../shared/log/change';
import type { VaultDb } from './db';

export interface Settings {
  load(): Promise<void>;
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
  draft(key: string): Promise<Fields | undefined>;
  saveDraft(key: string, fields: Fields | undefined): Promise<void>;
}

export function createSettings(db: VaultDb, changed: () => void): Settings {
  const values = new Map<string, unknown>();
  return {
    async load() {
      for (const row of await db.meta.where('key').startsWith('setting:').toArray()) {
        values.set(row.key.slice('setting:'.length), row.value);
      }
    },
    get: (key) => values.get(key),
    async set(key, value) {
      values.set(key, value);
      changed();
      await db.meta.put({ key: `setting:${key}`, value });
    },
    async draft(key) {
      return (await db.meta.get(`draft:${key}`))?.value as Fields | undefined;
    },
    async saveDraft(key, fields) {
      if (fields) await db.meta.put({ key: `draft:${key}`, value: fields });
      else await db.meta.delete(`draft:${key}`);
    },
  };
}
