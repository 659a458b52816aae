import { spawn } from 'node:child_process';

/** Opens the system's browser, or calls `cannot` where there is none to open. */
export function openBrowser(url: string, cannot: () => void): void {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return cannot();
  const [program, args] =
    platform === 'win32'
      ? (['cmd', ['/c', 'start', '', url]] as const)
      : ([platform === 'darwin' ? 'open' : 'xdg-open', [url]] as const);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', cannot);
  child.unref();
}
