/**
 * The machine's network goes and comes back, for the real Electron: in a network namespace of its own, where a pair of virtual
 * interfaces is the network. The test runs itself again inside it.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { theWindow } from './the-window.ts';

const run = promisify(execFile);
const [unshare, ip] = ['/usr/bin/unshare', '/sbin/ip'] as const;
const isPossible = process.getuid?.() === 0 && existsSync(unshare) && existsSync(ip);
const INSIDE = 'STREAMSCOPE_IN_NAMESPACE';

/** An address of the documentation's range (RFC 5737); nothing is ever sent to it. */
const NETWORK = `${ip} link set lo up && ${ip} link add net0 type veth peer name net1 &&
  ${ip} addr add 192.0.2.1/24 dev net0 && ${ip} link set net1 up && ${ip} link set net0 up && exec "$@"`;

test('a wait ends at once when the network comes back', async ({ launch }) => {
  test.skip(!isPossible, 'wants Linux, root, and the programs unshare and ip');
  if (process.env[INSIDE] !== '1') {
    test.setTimeout(180_000);
    const cli = join(import.meta.dirname, '..', '..', 'node_modules', '@playwright', 'test', 'cli.js');
    const config = join(import.meta.dirname, 'playwright.config.ts');
    const again = [process.execPath, cli, 'test', '--config', config, '--reporter=line', '--output'];
    const output = join(import.meta.dirname, '..', '..', 'test-results', 'network');
    await run(unshare, ['-n', 'sh', '-c', NETWORK, 'sh', ...again, output, 'network.test.ts'], {
      env: { ...process.env, [INSIDE]: '1' },
    });
    return;
  }
  const server = await startSseServer({
    '/events': async (call) => {
      await call.write(`retry: 3600000\ndata: answer ${call.number}\n\n`);
      await call.closed;
    },
  });
  try {
    const { page, electron } = await launch();
    const isOnline = (): Promise<boolean> => electron.evaluate(({ net }) => net.isOnline());
    const window = theWindow(page);
    await expect.poll(isOnline).toBe(true);
    await window.connectToAddress(`${server.origin}/events`);
    await expect(window.row('answer 1')).toBeVisible();
    await run(ip, ['link', 'set', 'net0', 'down']);
    await expect(
      window.row('The network was lost: the connection is watched for a sign of life'),
    ).toBeVisible();
    (await server.call(1)).end();
    await expect(window.header.getByText('Waiting', { exact: true })).toBeVisible();
    await run(ip, ['link', 'set', 'net0', 'up']);
    await expect(window.row('The network came back: connecting again at once')).toBeVisible();
    await expect(window.row('answer 2')).toBeVisible();
    await window.stop();
  } finally {
    await server.stop();
  }
});
