/** What every library of the peers table has to do, each the way its own documentation says. */
import type { Fields } from '../../../shared/log/change';
import { items, ties, type Tie } from '../data';

export type Relation = Omit<Tie, 'from'>;

export interface Doc {
  readonly id: string;
  readonly kind: string;
  readonly fields: Fields;
  readonly relations: readonly Relation[];
}

/** What a library hands over: a Blob, bytes, or for a replication the database itself. */
export type Parcel = unknown;

/** One open database of a subject. */
export interface Store {
  /** Adds everything, in the fewest and largest writes the library offers; durable when it resolves. */
  add(docs: readonly Doc[]): Promise<void>;
  /** Sets two fields of each, durable when it resolves. */
  edit(changed: readonly Edited[]): Promise<void>;
  /** Everything. */
  pack(): Promise<Parcel>;
  /** What `edit` has changed since `mark`. Libraries that cannot tell are told the ids. */
  packSince(mark: unknown, changed: readonly Edited[]): Promise<Parcel>;
  mark(): Promise<unknown>;
  /** Into an empty database, or one that has what came before; durable when it resolves. */
  receive(parcel: Parcel): Promise<void>;
  /**
   * Looks at the name of every record and counts every relation, or looks at the names of the
   * given records only: the sum of the names' lengths and of the relations.
   */
  read(ids?: readonly string[]): Promise<number>;
  close(): Promise<void>;
}

export interface Subject {
  readonly name: string;
  /** A parcel is the open source itself, so that it must stay open. */
  readonly live?: true;
  /** Opens a database, or makes an empty one. `part`: of a new one, for whoever makes a difference. */
  open(db: string, part: 'source' | 'target'): Promise<Store>;
  drop(db: string): Promise<void>;
}

export interface Edited {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** The records and relations of a vault of `n`, in the shape of documents. */
export function docsOf(n: number): readonly Doc[] {
  const relations = Map.groupBy(ties(n, n), (tie) => tie.from);
  return Array.from(items(n), ({ id, kind, fields }) => {
    // The same relation twice is one relation.
    const own = new Map(
      (relations.get(id) ?? []).map(({ rel, to }) => [`${rel} ${to}`, { rel, to }]),
    );
    return { id, kind, fields, relations: [...own.values()] };
  });
}

/** One record of a hundred, spread over all; other ones in every round. */
export const editsOf = (docs: readonly Doc[], round: number): readonly Edited[] =>
  docs
    .filter((_, i) => i % 100 === (50 + round) % 100)
    .map(({ id, fields }) => ({
      id,
      name: `${textOf(fields.name)} moved ${round}`,
      description: `stands by since round ${round}`,
    }));

/** A value that is no text counts as an empty one. */
export const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What `read` must give. */
export const sumOf = (docs: readonly Doc[]): number =>
  docs.reduce(
    (sum, { fields, relations }) => sum + textOf(fields.name).length + relations.length,
    0,
  );

export const sizeOf = (parcel: Parcel): number | undefined =>
  parcel instanceof Blob ? parcel.size : parcel instanceof Uint8Array ? parcel.length : undefined;
