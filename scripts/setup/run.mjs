/** Runs other programs. Never through a shell, so nothing needs quoting. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './project.mjs';

/** Output kept of a captured program; what is older is of no use in a message. */
const MAX_CAPTURED_CHARS = 4_000_000;

const PARENT_CHECK_MS = 1000;

/** Signals that end the scripts; they are handed on to the program that is running. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end, attached to this terminal. Ctrl-C reaches the program from the terminal itself; this process
 * stays until it has ended. Resolves to its exit code (128 + n for a signal, as shells do).
 */
export function attach(command, args, { env = process.env, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: 'inherit' });
    const stops = [
      ...ENDING.map((signal) => on(signal, () => signal !== 'SIGINT' && child.kill(signal))),
      whenNpmIsGone(() => child.kill('SIGTERM')),
    ];
    const over = () => stops.forEach((stop) => stop());
    child.on('error', (error) => (over(), reject(error)));
    child.on('close', (code, signal) => (over(), resolve(exitCode(code, signal))));
  });
}

function on(signal, listener) {
  process.on(signal, listener);
  return () => process.off(signal, listener);
}

/**
 * npm runs a script through a shell, and a shell that is ended does not tell its child: without this, ending npm would leave
 * the app running, on a display that nobody sees. Returns the function that stops the watch.
 */
function whenNpmIsGone(callback) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, PARENT_CHECK_MS);
  return () => clearInterval(timer);
}

/**
 * Runs a program and keeps what it prints, both outputs together. Resolves to `{ code, output }`; a program that cannot be
 * started has code 127. `onStart` gets the child, to watch or end it.
 */
export function capture(command, args, { env = process.env, cwd = root, onStart } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const add = (text) => (output = (output + text).slice(-MAX_CAPTURED_CHARS));
    const child = spawn(command, args, {
      env: { ...env, NO_COLOR: '1' },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.setEncoding('utf8').on('data', add);
    child.stderr.setEncoding('utf8').on('data', add);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code, signal) => resolve({ code: exitCode(code, signal), output }));
    onStart?.(child);
  });
}

function exitCode(code, signal) {
  if (code !== null) return code;
  return 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }[signal] ?? 0);
}

/** `[command, firstArgs]` that runs npm with this Node: the npm that started us, else the one beside Node. */
export function npmCommand() {
  const beside = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    join(beside, 'node_modules/npm/bin/npm-cli.js'),
    join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
  ];
  const cli = candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  return cli ? [process.execPath, [cli]] : ['npm', []];
}

/** The last lines of a program's output, for a message; without the colours that some print even when asked not to. */
export function lastLines(output, count = 15) {
  return stripVTControlCharacters(output).trimEnd().split('\n').slice(-count).join('\n');
}

export const isRoot = process.getuid?.() === 0;
