/**
 * What the scripts tell people. Progress goes to standard error, so that standard output belongs to the program that was
 * asked for (`npm run -s cli -- decode x | jq .`).
 */

export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A step that cannot go on; `advice` says what to do about it. */
export class SetupFailed extends Error {
  constructor(message, advice = '') {
    super(message);
    this.advice = advice;
  }
}

/** Runs a command's main function; a failure is told in words and ends with exit code 1. */
export async function main(run) {
  try {
    process.exitCode = (await run()) ?? 0;
  } catch (error) {
    if (error instanceof SetupFailed) {
      say(`\nStreamscope: ${error.message}`);
      if (error.advice) say(error.advice);
    } else {
      say(`\nStreamscope: ${error?.stack ?? error}`);
    }
    process.exitCode = 1;
  }
}
