/**
 * A list as a table in plain elements, sorted by its headings: hundreds of rows stay quick, and all
 * of them are there to be printed.
 */
import type { ReactNode } from 'react';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './PlainTable.module.css';

export interface Sort<C extends string> {
  readonly column: C;
  readonly down: boolean;
}

export interface PlainColumn<C extends string> {
  readonly name: C;
  readonly label: string;
  /** Looked at for the greatest or latest first; a name for its first letter. */
  readonly startsDown?: boolean;
}

interface PlainTableProps<C extends string> {
  readonly label: string;
  readonly columns: readonly PlainColumn<C>[];
  /** Without it the order is the caller's alone. */
  readonly sorting?: { readonly sort: Sort<C>; readonly onSort: (sort: Sort<C>) => void };
  /** A cell in front of the headings. */
  readonly lead?: ReactNode;
  /** In a dialogue: scrolls by itself, so that what stands below it stays in sight. */
  readonly low?: boolean;
  /** Rows. */
  readonly children: ReactNode;
}

export function PlainTable<C extends string>({
  label,
  columns,
  sorting,
  lead,
  low = false,
  children,
}: PlainTableProps<C>) {
  return (
    <div
      className={classes.box}
      data-low={low || undefined}
      {...(low ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {lead}
            {columns.map((column) =>
              sorting ? (
                <SortHead key={column.name} column={column} {...sorting} />
              ) : (
                <th key={column.name} scope="col">
                  {column.label}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface SortHeadProps<C extends string> {
  readonly column: PlainColumn<C>;
  readonly sort: Sort<C>;
  readonly onSort: (sort: Sort<C>) => void;
}

function SortHead<C extends string>({ column, sort, onSort }: SortHeadProps<C>) {
  const { name, label, startsDown = false } = column;
  const sorted = sort.column === name;
  const Icon = sort.down ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={sorted ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => onSort({ column: name, down: sorted ? !sort.down : startsDown })}
      >
        {label}
        {sorted && <Icon size={13} aria-hidden />}
      </button>
    </th>
  );
}
