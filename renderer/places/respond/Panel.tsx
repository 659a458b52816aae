import { useId, type ReactNode } from 'react';
import classes from './Respond.module.css';

interface PanelProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly footer?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A titled box whose body scrolls by itself. */
export function Panel({ title, aside, footer, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={`${classes.panel} ${className ?? ''}`} aria-labelledby={id}>
      <header className={classes.panelHead}>
        <h2 id={id}>{title}</h2>
        {aside && <span className={classes.aside}>{aside}</span>}
      </header>
      <div className={classes.panelBody}>{children}</div>
      {footer && <footer className={classes.panelFoot}>{footer}</footer>}
    </section>
  );
}
