/** What the bench uses of PouchDB, which comes without types. */
declare module 'pouchdb-adapter-indexeddb' {
  const plugin: unknown;
  export default plugin;
}

declare module 'pouchdb-browser' {
  export interface PouchDoc {
    readonly _id: string;
    readonly _rev?: string;
    readonly [key: string]: unknown;
  }
  interface Rows {
    readonly rows: readonly { readonly doc?: PouchDoc }[];
  }
  interface Listing {
    readonly results: readonly { readonly doc?: PouchDoc }[];
    readonly last_seq: number | string;
  }
  export default class PouchDB {
    constructor(name: string, options: Readonly<Record<string, unknown>>);
    static plugin(plugin: unknown): void;
    allDocs(options: Readonly<Record<string, unknown>>): Promise<Rows>;
    bulkDocs(
      docs: readonly PouchDoc[],
      options?: { readonly new_edits: boolean },
    ): Promise<unknown>;
    changes(options: Readonly<Record<string, unknown>>): Promise<Listing>;
    info(): Promise<{ readonly update_seq: number | string }>;
    replicate: {
      from(source: PouchDB, options?: Readonly<Record<string, unknown>>): Promise<unknown>;
    };
    close(): Promise<void>;
    destroy(): Promise<unknown>;
  }
}
