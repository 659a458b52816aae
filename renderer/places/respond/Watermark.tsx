/** Lies over every screen and print of a drill, so that nobody takes one for the real thing. */
import classes from './Respond.module.css';

export const Watermark = ({ print = false }: { readonly print?: boolean }) => (
  <div className={classes.watermark} data-print={print || undefined} aria-hidden>
    演练 DRILL
  </div>
);
