/** Where the parts of the timeline stand, from top to bottom, in pixels. Pure. */

export const AXIS_HEIGHT = 24;
export const RATE_HEIGHT = 56;
export const BAND_HEIGHT = 22;
const GAP = 6;
const MIN_LANE = 16;
const MAX_LANE = 36;

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly rateTop: number;
  readonly bandTop: number;
  readonly lanesTop: number;
  readonly laneHeight: number;
  readonly laneCount: number;
}

/** The canvas is as high as its lanes need, and at least as high as the room there is. */
export function layoutOf(width: number, room: number, laneCount: number): Layout {
  const rateTop = AXIS_HEIGHT + GAP;
  const bandTop = rateTop + RATE_HEIGHT + GAP;
  const lanesTop = bandTop + BAND_HEIGHT + GAP;
  const each = Math.floor((room - lanesTop - GAP) / Math.max(1, laneCount));
  const laneHeight = Math.min(MAX_LANE, Math.max(MIN_LANE, each));
  const height = Math.max(room, lanesTop + laneHeight * laneCount + GAP);
  return { width, height, rateTop, bandTop, lanesTop, laneHeight, laneCount };
}

/** The lane at a height; null above and below the lanes. */
export function laneAt(y: number, layout: Layout): number | null {
  const lane = Math.floor((y - layout.lanesTop) / layout.laneHeight);
  return lane >= 0 && lane < layout.laneCount ? lane : null;
}
