/** The list at the left of a review screen: only what is in sight is in the page. */
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import classes from './review.module.css';

const HEIGHT = 60;

interface ItemListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly current: number;
  onCurrent(index: number): void;
  /** Absent: nothing is ticked in this list. */
  readonly isTicked?: (item: T) => boolean;
  readonly render: (item: T) => ReactNode;
}

export function ItemList<T>(props: ItemListProps<T>) {
  const { label, items, keyOf, current, onCurrent, isTicked, render } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  // oxlint-disable-next-line react/incompatible-library -- the compiler is not used here
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
  });
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current);
  }, [current, virtual]);
  return (
    <div
      ref={box}
      className={classes.list}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable={isTicked ? true : undefined}
      aria-activedescendant={items.length ? `${id}-${current}` : undefined}
      onKeyDown={(event) => {
        const steps: Readonly<Record<string, number>> = { Home: 0, End: items.length - 1 };
        const to = steps[event.key];
        if (to === undefined) return;
        event.preventDefault();
        onCurrent(to);
      }}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <div
              key={key}
              id={`${id}-${index}`}
              role="option"
              className={classes.item}
              style={{ height: HEIGHT, transform: `translateY(${start}px)` }}
              aria-selected={isTicked ? isTicked(item) : index === current}
              aria-posinset={index + 1}
              aria-setsize={items.length}
              data-current={index === current || undefined}
              onClick={() => onCurrent(index)}
            >
              {render(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
