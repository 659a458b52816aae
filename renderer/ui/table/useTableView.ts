/** The view of one kind's table: kept between visits, with named views beside it. */
import { useCallback, useState } from 'react';
import type { KindDef } from '../../../shared/kinds/define';
import { useVault } from '../../app/vaultContext';
import { standardView, usableView, type SavedView, type TableView } from './view';

export interface TableViews {
  readonly view: TableView;
  change(part: Partial<TableView>): void;
  /** Named view the table was last set to. */
  readonly saved: readonly SavedView[];
  choose(view: TableView): void;
  save(name: string): void;
  remove(name: string): void;
  makeDefault(name: string | undefined): void;
  reset(): void;
}

export function useTableView(kind: KindDef): TableViews {
  const vault = useVault();
  const lastKey = `table.${kind.name}`;
  const savedKey = `views.${kind.name}`;
  const saved = vault.setting<readonly SavedView[]>(savedKey) ?? [];
  const [view, setView] = useState<TableView>(() =>
    usableView(
      kind,
      saved.find((one) => one.isDefault)?.view ?? vault.setting<Partial<TableView>>(lastKey),
    ),
  );

  const choose = useCallback(
    (next: TableView) => {
      setView(next);
      // What was typed into the quick filter belongs to the moment, not to the next visit.
      void vault.setSetting(lastKey, { ...next, query: '' });
    },
    [vault, lastKey],
  );
  const store = (views: readonly SavedView[]) => void vault.setSetting(savedKey, views);

  return {
    view,
    saved,
    choose: (next) => choose(usableView(kind, next)),
    change: (part) => {
      const next = { ...view, ...part };
      if (Object.keys(part).every((name) => name === 'query')) setView(next);
      else choose(next);
    },
    reset: () => choose(standardView(kind)),
    save: (name) => {
      const before = saved.find((one) => one.name === name);
      const entry: SavedView = { name, view, isDefault: before?.isDefault ?? false };
      store([...saved.filter((one) => one.name !== name), entry]);
    },
    remove: (name) => store(saved.filter((one) => one.name !== name)),
    makeDefault: (name) => store(saved.map((one) => ({ ...one, isDefault: one.name === name }))),
  };
}
