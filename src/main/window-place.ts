/** Where the window is on the screens, in a form that is kept between starts. Pure arithmetic. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowPlace extends Rectangle {
  readonly maximized: boolean;
}

export const DEFAULT_SIZE = { width: 1280, height: 800 } as const;
export const MIN_SIZE = { width: 720, height: 480 } as const;

/** How much of the window's top edge must be on a screen, so that it can be seen and dragged. */
const GRIP = { width: 120, height: 32 } as const;

/**
 * The bounds to open with. A place that no screen shows any more (a monitor was unplugged) gives the size only, and the system
 * finds the place.
 */
export function boundsOnScreen(
  place: WindowPlace | null,
  workAreas: readonly Rectangle[],
): { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number } {
  if (!place) return DEFAULT_SIZE;
  const size = {
    width: Math.max(MIN_SIZE.width, Math.round(place.width)),
    height: Math.max(MIN_SIZE.height, Math.round(place.height)),
  };
  const area = workAreas.find((candidate) => showsGrip(place, candidate));
  if (!area) return size;
  return {
    x: Math.round(place.x),
    y: Math.round(place.y),
    width: Math.min(size.width, Math.max(MIN_SIZE.width, area.width)),
    height: Math.min(size.height, Math.max(MIN_SIZE.height, area.height)),
  };
}

function showsGrip(place: Rectangle, area: Rectangle): boolean {
  const left = Math.max(place.x, area.x);
  const right = Math.min(place.x + place.width, area.x + area.width);
  const topInside = place.y >= area.y && place.y + GRIP.height <= area.y + area.height;
  return topInside && right - left >= GRIP.width;
}

/** Reads a place from a file's JSON; null when it is not one. */
export function parseWindowPlace(value: unknown): WindowPlace | null {
  if (typeof value !== 'object' || value === null) return null;
  const { x, y, width, height, maximized } = value as Record<string, unknown>;
  const numbers = [x, y, width, height];
  if (!numbers.every((number) => Number.isFinite(number) && Math.abs(number as number) < 100_000))
    return null;
  if (typeof maximized !== 'boolean') return null;
  return { x: x as number, y: y as number, width: width as number, height: height as number, maximized };
}
