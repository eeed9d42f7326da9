/** Ends the app in order: windows first, then what they watched, then the process. */

/** How long files may take before the app ends without them; a disk that hangs must not keep it open for ever. */
const PATIENCE_MS = 5000;

/** The part of Electron's `app` that is needed here. */
export interface Quittable {
  on(event: 'will-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  exit(code?: number): void;
}

/** Runs `closers` side by side when the app is about to end, after all windows are gone and have said their last, and waits. */
export function closeBeforeQuit(
  app: Quittable,
  closers: readonly (() => Promise<void>)[],
  onFault: (what: string, error: unknown) => void,
): void {
  let closing = false;

  async function closeAll(): Promise<void> {
    const patience = setTimeout(() => {
      onFault('closing', new Error(`not done after ${PATIENCE_MS} ms`));
      app.exit(1);
    }, PATIENCE_MS);
    let code = 0;
    for (const ending of await Promise.allSettled(closers.map((close) => close()))) {
      if (ending.status === 'fulfilled') continue;
      onFault('closing', ending.reason);
      code = 1;
    }
    clearTimeout(patience);
    app.exit(code);
  }

  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void closeAll();
  });
}
