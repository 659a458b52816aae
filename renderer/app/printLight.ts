/**
 * Paper is white: while the page is printed it shows its light colours, whatever the screen shows.
 * Both signals are needed: some ways of printing give only one of them.
 */
const SCHEME = 'data-mantine-color-scheme';

export function printInLight(): void {
  const root = document.documentElement;
  let before: string | null = null;

  function start(): void {
    const now = root.getAttribute(SCHEME);
    if (now === 'light') return;
    before = now;
    root.setAttribute(SCHEME, 'light');
  }

  function end(): void {
    if (before !== null) root.setAttribute(SCHEME, before);
    before = null;
  }

  addEventListener('beforeprint', start);
  addEventListener('afterprint', end);
  matchMedia('print').addEventListener('change', (event) => (event.matches ? start() : end()));
}
