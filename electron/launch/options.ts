/** The options of `npm start`. */
import { parseArgs } from 'node:util';

export interface LaunchOptions {
  readonly port: number | undefined;
  readonly open: boolean;
  readonly portable: boolean;
  readonly help: boolean;
}

export type Parsed =
  | { readonly ok: true; readonly options: LaunchOptions }
  | { readonly ok: false; readonly problem: string };

export const usage = `Usage: npm start -- [options]

  --port N     serve the portable edition on this port (default 4870)
  --portable   open the portable edition even where the desktop edition could run
  --no-open    do not open a browser
  --help       show this text`;

export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Parsed {
  const read = readArguments(args);
  if (typeof read === 'string') return { ok: false, problem: read };
  const port = read.port === undefined ? undefined : Number(read.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    return { ok: false, problem: `--port needs a number from 1 to 65535, not "${read.port}".` };
  }
  return {
    ok: true,
    options: {
      port,
      open: !(read['no-open'] ?? false) && !env.CI,
      portable: read.portable ?? false,
      help: read.help ?? false,
    },
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        portable: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
