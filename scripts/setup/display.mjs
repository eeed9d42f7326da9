/**
 * A screen to draw on. With a display there is nothing to do; without one (a server, a container) a virtual one is started
 * and ended with the command. Xvfb picks a free number itself and reports it, so several can run at once.
 */
import { spawn } from 'node:child_process';
import { SetupFailed, say } from './say.mjs';
import { findProgram } from './system-packages.mjs';

/** Wide enough for the largest window that a test or a screenshot asks for. */
const SCREEN = '1920x1200x24';
const START_WITHIN_MS = 15_000;

const { platform, env } = process;

export const displayIsVirtual = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;

export const displayIsMissing = () => displayIsVirtual && findProgram('Xvfb') === null;

/** `{ env, close }`: the variables that programs need to find the display, and the function that ends it. */
export async function openDisplay() {
  if (!displayIsVirtual) return { env: {}, close() {} };
  const server = spawn(
    findProgram('Xvfb') ?? 'Xvfb',
    ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'],
    // A group of its own: Ctrl-C must end the app first, and the display after it.
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true },
  );
  const close = () => server.kill();
  process.once('exit', close);
  const number = await displayNumber(server);
  server.unref();
  server.stdio[3].destroy();
  say(`There is no display here: the window opens on a virtual one (:${number}).`);
  return { env: { DISPLAY: `:${number}` }, close };
}

function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(
        new SetupFailed(
          'The virtual display (Xvfb) did not start.',
          'Run `Xvfb -displayfd 1` to see why, then the command again.',
        ),
      );
    const timer = setTimeout(fail, START_WITHIN_MS);
    server.on('error', fail).on('exit', fail);
    let text = '';
    server.stdio[3].setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      server.off('error', fail).off('exit', fail);
      resolve(Number(text));
    });
  });
}
