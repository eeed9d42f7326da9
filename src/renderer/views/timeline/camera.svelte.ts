/** Which stretch of time is in view: all of it, its end, or what the user moved to. */
import { fit, follow, keepNear, panBy, zoomAt, type TimeScale, type TimeSpan } from './time-scale.ts';

export type CameraMode = 'fit' | 'follow' | 'free';

export interface Camera {
  readonly mode: CameraMode;
  span(session: TimeSpan): TimeSpan;
  fit(): void;
  /** Keeps the end in view; the length stays what it is, or becomes a useful one when everything was in view. */
  follow(scale: TimeScale): void;
  zoom(scale: TimeScale, x: number, factor: number, session: TimeSpan): void;
  pan(scale: TimeScale, pixels: number, session: TimeSpan): void;
  show(span: TimeSpan, session: TimeSpan): void;
}

/** What following shows when it begins from a view of everything. */
const FOLLOW_MS = 30_000;

export function createCamera(): Camera {
  let mode = $state<CameraMode>('fit');
  let chosen = $state.raw<TimeSpan>({ fromMs: 0, toMs: FOLLOW_MS });

  return {
    get mode() {
      return mode;
    },
    span(session) {
      if (mode === 'fit') return fit(session);
      return mode === 'follow' ? follow(chosen, session) : chosen;
    },
    fit() {
      mode = 'fit';
    },
    follow(scale) {
      const length =
        mode === 'fit' ? Math.min(FOLLOW_MS, scale.toMs - scale.fromMs) : scale.toMs - scale.fromMs;
      chosen = { fromMs: 0, toMs: length };
      mode = 'follow';
    },
    zoom(scale, x, factor, session) {
      // Following goes on at another magnification: the end stays where it is.
      chosen = zoomAt(scale, mode === 'follow' ? scale.width : x, factor, session);
      if (mode === 'fit') mode = 'free';
    },
    pan(scale, pixels, session) {
      chosen = panBy(scale, pixels, session);
      mode = 'free';
    },
    show(span, session) {
      chosen = keepNear(span, session);
      mode = 'free';
    },
  };
}
