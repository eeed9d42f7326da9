/**
 * Runs code that a user's regular expression may hold up for ever, with a limit. V8 can interrupt a match only when it runs
 * under such a limit; what is called stays the same code in the same heap.
 */
import { createContext, Script } from 'node:vm';
import { TookTooLong } from './scans.ts';

export { TookTooLong };

/** Returns a function that runs `work` at most `limitMs`, and throws `TookTooLong` when that was not enough. Costs 0.1 ms a call. */
export function createBoundedRun(limitMs: number): <T>(work: () => T) => T {
  const context: { work: (() => unknown) | null } = { work: null };
  createContext(context);
  const call = new Script('work()');
  return <T>(work: () => T): T => {
    context.work = work;
    try {
      // The script returns what `work` returns.
      return call.runInContext(context, { timeout: limitMs }) as T;
    } catch (error) {
      throw hasCode(error, 'ERR_SCRIPT_EXECUTION_TIMEOUT') ? new TookTooLong(limitMs) : error;
    } finally {
      context.work = null;
    }
  };
}

/** The error comes from the script's own realm, so it is no instance of our Error. */
function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
