/** Runs the program of a soak and reads its report; and its arguments that are amounts. */
import { spawn } from 'node:child_process';
import { SetupFailed } from './setup/say.mjs';

export function amount(values, name) {
  const number = Number(values[name]);
  if (!(number >= 0)) throw new SetupFailed(`--${name} needs a number, not "${values[name]}".`, '');
  return number;
}

export function runSoak(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--expose-gc', program, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (bytes) => (output += bytes));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`The soak ended with code ${code}`));
    });
  });
}
