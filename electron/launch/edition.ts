/**
 * Which edition this machine can run. The desktop edition is never started without its sandbox:
 * where the sandbox cannot stay on, the portable edition takes its place.
 */

export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Effective user id; undefined on Windows. */
  readonly userId: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether this system lets a program without privileges build a sandbox. */
  readonly canSandbox: boolean;
}

export type Edition =
  | { readonly edition: 'desktop'; readonly binary: string }
  | { readonly edition: 'portable'; readonly because: string };

/**
 * `findBinary` answers with the Electron binary, fetching it if need be; it is only asked once
 * nothing else stands in the way, because fetching takes time.
 */
export async function chooseEdition(
  machine: Machine,
  portableAsked: boolean,
  findBinary: () => Promise<string | undefined>,
): Promise<Edition> {
  const because = portableAsked ? 'you asked for it' : obstacle(machine);
  if (because) return { edition: 'portable', because };
  const binary = await findBinary();
  return binary
    ? { edition: 'desktop', binary }
    : { edition: 'portable', because: 'the Electron binary is not here and could not be fetched' };
}

function obstacle({ platform, userId, env, canSandbox }: Machine): string | undefined {
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  if (userId === 0) return 'Electron cannot keep its sandbox on when it is run by root';
  if (!canSandbox) return 'this system does not let Electron keep its sandbox on';
  return undefined;
}
