/** Lets a flood of changes through at most once an animation frame, and about twice a second while the window is hidden. */

export interface FrameGate {
  /** Something changed: the notification follows with the next frame. */
  touch(): void;
  dispose(): void;
}

/** While the window is hidden no frames come, yet state such as a title must not stand still. */
const HIDDEN_INTERVAL_MS = 500;

export function createFrameGate(notify: () => void): FrameGate {
  let cancel: (() => void) | null = null;

  function run(): void {
    cancel = null;
    notify();
  }

  function onVisibility(): void {
    if (!cancel) return;
    cancel();
    schedule();
  }

  function schedule(): void {
    if (document.hidden) {
      const timer = setTimeout(run, HIDDEN_INTERVAL_MS);
      cancel = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(run);
      cancel = () => cancelAnimationFrame(frame);
    }
  }

  document.addEventListener('visibilitychange', onVisibility);
  return {
    touch() {
      if (!cancel) schedule();
    },
    dispose() {
      document.removeEventListener('visibilitychange', onVisibility);
      cancel?.();
      cancel = null;
    },
  };
}
