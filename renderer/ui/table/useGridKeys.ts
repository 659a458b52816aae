/** Moving through a table by keyboard, opening and selecting. */
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { RecordState } from '../../../shared/log/record';
import { rowId } from './GridRow';

interface GridKeysInput {
  readonly rows: readonly RecordState[];
  readonly selected: ReadonlySet<string>;
  /** Rows that Page Up and Page Down move by. */
  readonly page: number;
  onSelect(ids: ReadonlySet<string>): void;
  onOpen(id: string): void;
  scrollTo(index: number): void;
}

export function useGridKeys(input: GridKeysInput) {
  const [active, setActive] = useState<number>();
  const latest = useRef(input);
  const anchor = useRef(0);
  useEffect(() => {
    latest.current = input;
  });

  const tick = useCallback((index: number, range: boolean) => {
    const { rows, selected, onSelect } = latest.current;
    const next = new Set(selected);
    const id = rows[index]?.id;
    if (id === undefined) return;
    if (range) {
      const [low, high] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      for (const row of rows.slice(low, high + 1)) next.add(row.id);
    } else if (!next.delete(id)) next.add(id);
    if (!range) anchor.current = index;
    setActive(index);
    onSelect(next);
  }, []);

  const press = useCallback(
    (index: number, range: boolean) => {
      if (range) return tick(index, true);
      const id = latest.current.rows[index]?.id;
      setActive(index);
      if (id !== undefined) latest.current.onOpen(id);
    },
    [tick],
  );

  function moveTo(index: number, extend: boolean) {
    const at = Math.min(Math.max(index, 0), input.rows.length - 1);
    setActive(at);
    input.scrollTo(at);
    if (extend) {
      const low = Math.min(anchor.current, at);
      const high = Math.max(anchor.current, at);
      input.onSelect(new Set(input.rows.slice(low, high + 1).map((row) => row.id)));
    } else anchor.current = at;
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget) return;
    const at = active ?? -1;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + input.page,
      PageUp: at - input.page,
      Home: 0,
      End: input.rows.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) moveTo(target, event.shiftKey);
    else if (event.key === 'Enter' && active !== undefined) press(active, false);
    else if (event.key === ' ' && active !== undefined) tick(active, event.shiftKey);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      input.onSelect(new Set(input.rows.map((row) => row.id)));
    } else if (event.key === 'Escape' && input.selected.size) input.onSelect(new Set());
    else return;
    event.preventDefault();
  }

  const record = active === undefined ? undefined : input.rows[active];
  return { active, activeId: record && rowId(record.id), onKeyDown, press, tick };
}
