/** Runs the steps of a check to the end, whatever fails, tells each outcome with its time, and adds up. */
import { availableParallelism } from 'node:os';
import { SetupFailed } from '../setup/say.mjs';
import { add, summary, tally } from './tally.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

/** `{ run, finish }`: `run` performs one step, `finish` prints the total and resolves to the exit code. */
export function createSteps() {
  let total = tally();
  const startedAt = Date.now();

  function outcome(name, counts, sinceMs, detail) {
    total = add(total, counts);
    const seconds = ((Date.now() - sinceMs) / 1000).toFixed(1);
    print(
      `${counts.failed === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)}${seconds.padStart(7)} s${detail}`,
    );
  }

  /** One step; `work` resolves to a tally. */
  async function tests(name, work) {
    const sinceMs = Date.now();
    let counts;
    try {
      counts = await work();
    } catch (error) {
      print(explain(error));
      counts = tally(0, 1);
    }
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    outcome(name, counts, sinceMs, `   ${counts.passed} passed, ${counts.failed} failed${skipped}`);
  }

  /** Static checks, as many at once as there are processors; `checks` are `{ name, run }` and count one each. */
  async function checks(list) {
    const waiting = [...list];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const sinceMs = Date.now();
        const { code, output } = await next.run().catch((error) => ({ code: 1, output: explain(error) }));
        if (code !== 0) print(output.trimEnd());
        outcome(next.name, code === 0 ? tally(1) : tally(0, 1), sinceMs, '');
      }
    };
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), list.length) }, worker));
  }

  function finish() {
    const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
    if (total.skipped > 0) print(`${total.skipped} skipped, marked above.`);
    print(`All steps took ${minutes} min.`);
    print(summary(total));
    return total.failed === 0 && total.passed > 0 ? 0 : 1;
  }

  return { tests, checks, finish };
}

function explain(error) {
  return error instanceof SetupFailed ? `${error.message}\n${error.advice}` : String(error?.stack ?? error);
}
