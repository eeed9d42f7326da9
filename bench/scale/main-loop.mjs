/** Watches how long a turn of the main process' event loop takes. */

/** Resolves to `{ longestMs }`, which ends the watch and resolves to the longest turn since. */
export async function watchMainLoop(electron) {
  await electron.evaluate(() => {
    const watch = { longestMs: 0, over: false };
    globalThis.benchLoop = watch;
    let lastMs = performance.now();
    const turn = () => {
      const nowMs = performance.now();
      watch.longestMs = Math.max(watch.longestMs, nowMs - lastMs);
      lastMs = nowMs;
      if (!watch.over) setImmediate(turn);
    };
    setImmediate(turn);
  });
  return {
    longestMs: () =>
      electron.evaluate(() => {
        globalThis.benchLoop.over = true;
        return globalThis.benchLoop.longestMs;
      }),
  };
}
