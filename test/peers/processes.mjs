/** Starts a peer that is a program of its own and waits until it answers. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';

const READY_MS = 40_000;
const POLL_MS = 200;

/** A port on which nothing listens. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves to a function that ends the program, once `url` answers with anything. */
export async function startProgram(command, args, url, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-2000)));
  let ended = false;
  const end = new Promise((resolve) => {
    child.on('error', (error) => resolve((errors += error.message)));
    child.on('close', resolve);
  }).then(() => (ended = true));
  const stop = async () => {
    child.kill();
    await end;
  };
  const untilMs = Date.now() + READY_MS;
  for (;;) {
    if (ended) throw new Error(`${command} ended: ${errors.trim()}`);
    const answered = await fetch(url).then(
      (response) => response.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (answered) return stop;
    if (Date.now() > untilMs) {
      await stop();
      throw new Error(`${command} did not answer at ${url}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Serves with a Node request listener on loopback; resolves to the origin and the function that ends it. */
export async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
