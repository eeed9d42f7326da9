/** Keeps long work from holding up the event loop. */

/** Work this long between pauses. */
const SLICE_MS = 8;

/** Returns a function to be awaited between pieces of work; it lets the event loop run when a slice is used up. */
export function createPause(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}
