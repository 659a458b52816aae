import { useEffect, useRef } from 'react';
import { KindIcon } from '../../ui/KindIcon';
import { pieces } from './snippet';
import type { Item } from './results';
import classes from './Palette.module.css';

interface PaletteItemProps {
  readonly id: string;
  readonly item: Item;
  readonly words: readonly string[];
  readonly active: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

export function PaletteItem({ id, item, words, active, onPoint, onChoose }: PaletteItemProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // The keyboard stays in the field above, as in every combobox; this is for the pointer.
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      className={classes.item}
      onPointerMove={active ? undefined : onPoint}
      onClick={onChoose}
    >
      {item.type === 'command' ? (
        <item.command.icon size={18} stroke={1.6} aria-hidden className={classes.icon} />
      ) : (
        <KindIcon kind={item.kind} size={18} className={classes.icon ?? ''} />
      )}
      <div className={classes.body}>
        <div className={classes.title}>
          <Marked text={item.type === 'command' ? item.command.label : item.title} words={words} />
          {item.type === 'record' && item.inside && (
            <span className={classes.inside}> · {item.inside}</span>
          )}
        </div>
        {item.type === 'record' && item.match && (
          <div className={classes.match}>
            {item.match.label} · <Marked text={item.match.text} words={words} />
          </div>
        )}
      </div>
      {item.type === 'record' && item.number && (
        <span className={classes.number}>
          <Marked text={item.number} words={words} />
        </span>
      )}
    </div>
  );
}

function Marked({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  let at = 0;
  return pieces(text, words).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.found ? (
      <mark key={key} className={classes.mark}>
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}
