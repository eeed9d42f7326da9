/** What the system tells the app, with the real Electron listening: proxies by a PAC script, and the sleep of the machine. */
import { once } from 'node:events';
import { startSseServer } from '../support/sse-server.ts';
import { expect, test } from './launch.ts';
import { loginServiceIsPossible, startLoginService } from './login-service.ts';
import { theWindow } from './the-window.ts';

test('the system’s PAC script decides which proxy an address goes through', async ({ launch }) => {
  // A name that only a proxy can know: it is asked for the whole address, and answers itself.
  const address = 'http://scores.invalid/goals';
  const proxy = await startSseServer({
    [address]: async (call) => {
      await call.write('event: goal\ndata: 1-0\n\n');
      await call.closed;
    },
  });
  const proxyHost = new URL(proxy.origin).host;
  const script = await startSseServer({
    '/proxy.pac': async (call) => {
      call.head({ headers: { 'content-type': 'application/x-ns-proxy-autoconfig' } });
      // The first proxy does not listen, so the second one is asked.
      await call.write(
        `function FindProxyForURL(url, host) {
           return host === 'scores.invalid' ? 'PROXY 127.0.0.1:1; PROXY ${proxyHost}' : 'DIRECT';
         }`,
      );
      call.end();
    },
  });
  try {
    const { page, close } = await launch({ args: [`--proxy-pac-url=${script.origin}/proxy.pac`] });
    const window = theWindow(page);
    await window.connectToAddress(address);
    await expect(window.row('1-0')).toBeVisible();
    await window.tab('Connection');
    await expect(page.getByText('Through proxy', { exact: true })).toBeVisible();
    await expect(page.getByText(`http://${proxyHost}`, { exact: true })).toBeVisible();
    await close();
  } finally {
    await Promise.all([proxy.stop(), script.stop()]);
  }
});

test('a wait ends at once when the machine wakes up', async ({ launch }) => {
  test.skip(!loginServiceIsPossible, 'wants the packages dbus, python3-dbus and python3-gi');
  const server = await startSseServer({
    '/events': async (call) => {
      await call.write(`retry: 3600000\ndata: answer ${call.number}\n\n`);
      if (call.number === 1) call.end();
      else await call.closed;
    },
  });
  const login = await startLoginService();
  try {
    const first = await launch({ env: login.env });
    await login.heard();
    const before = theWindow(first.page);
    await before.connectToAddress(`${server.origin}/events`);
    await expect(before.header.getByText('Waiting', { exact: true })).toBeVisible();
    await login.sleepAndWake();
    expect((await server.call(2)).number).toBe(2);
    // Chromium hangs up on who drives it when the machine sleeps, so a second start shows what was recorded.
    const ended = once(first.electron.process(), 'exit');
    first.electron.process().kill('SIGTERM');
    await ended;
    const { page } = await launch();
    const window = theWindow(page);
    await window.sessions.first().click();
    await expect(window.row('The machine woke up: connecting again at once')).toBeVisible();
  } finally {
    await Promise.all([login.stop(), server.stop()]);
  }
});
