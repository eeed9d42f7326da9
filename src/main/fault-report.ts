/** Where faults of the program itself go: to standard error, in one form. Never throws, whatever standard error is. */

/** Writes one fault with its stack. `what` says where it happened. */
export function reportFault(what: string, error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`streamscope: ${what}: ${detail}\n`);
}

/** Calls back with faults that nobody caught, after they were written; the program goes on, because captures must. */
export function catchFaults(onFault: (error: unknown) => void): void {
  // Without a terminal standard error may be a closed pipe; a fault in telling of faults has nowhere to go.
  process.stderr.on('error', () => undefined);
  const caught = (what: string) => (error: unknown) => {
    reportFault(what, error);
    onFault(error);
  };
  process.on('uncaughtException', caught('uncaught error'));
  process.on('unhandledRejection', caught('unhandled rejection'));
}
