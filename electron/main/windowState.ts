/** Where the window was, so that it opens there again, on a display that is still there. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';
import { codeOf } from './writeAtomically';

const rectangle = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
const stateSchema = z.object({ bounds: rectangle, maximised: z.boolean() });

export type WindowState = z.infer<typeof stateSchema>;

export const smallest = { width: 1024, height: 700 } as const;
const usual = { width: 1440, height: 900 } as const;
/** As much of the title bar must be visible as a hand needs to drag the window. Pixels. */
const grip = { width: 160, height: 40 } as const;

export interface Placement {
  /** Without a position the system centres the window. */
  readonly bounds: Partial<Rectangle> & { readonly width: number; readonly height: number };
  readonly maximised: boolean;
}

/** `areas` are the work areas of the displays, the primary one first. Pixels. */
export function placeWindow(
  saved: WindowState | undefined,
  areas: readonly Rectangle[],
): Placement {
  const primary = areas[0];
  if (!saved) return { bounds: fitted(usual, primary), maximised: false };
  const { bounds, maximised } = saved;
  const home = areas.find((area) => isReachable(bounds, area));
  return home
    ? { bounds: { x: bounds.x, y: bounds.y, ...fitted(bounds, home) }, maximised }
    : { bounds: fitted(bounds, primary), maximised };
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const overlap =
    Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return (
    overlap >= grip.width && bounds.y >= area.y && bounds.y <= area.y + area.height - grip.height
  );
}

function fitted(
  size: { readonly width: number; readonly height: number },
  area: Rectangle | undefined,
): { readonly width: number; readonly height: number } {
  return {
    width: Math.min(Math.max(size.width, smallest.width), area?.width ?? Infinity),
    height: Math.min(Math.max(size.height, smallest.height), area?.height ?? Infinity),
  };
}

/** Undefined when nothing usable was kept: the window then opens as it does the first time. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    return stateSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/**
 * Synchronous, because the process ends right after its last window has closed. Losing the place of
 * a window is no reason to trouble anybody.
 */
export function saveWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(`${path}.tmp`, JSON.stringify(state));
    renameSync(`${path}.tmp`, path);
  } catch (error) {
    if (!codeOf(error)) throw error;
  }
}
