/** The program's own source text, for tests that compare it with the locales. */

const files = import.meta.glob<string>('../../{shared,renderer,electron}/**/*.{ts,tsx}', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** Path below the project -> text, tests left out. */
export const sources: ReadonlyMap<string, string> = new Map(
  Object.entries(files)
    .filter(([path]) => !/\.test\.tsx?$/.test(path))
    .map(([path, text]) => [path.replace('../../', ''), text]),
);
