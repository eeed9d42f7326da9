/**
 * The built window in an ordinary browser, driven by Playwright: its files are served from out/renderer under the app's own
 * policy, and `window.streamscope` is a bridge to any transport, such as that of an app without Electron.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { CONTENT_POLICY } from '../../src/main/content-policy.ts';
import type { Transport } from '../../src/shared/ipc/contract.ts';
import { fromWireText, toWireText } from './wire-text.ts';

const ORIGIN = 'https://streamscope.test';
const files = join(import.meta.dirname, '..', '..', 'out', 'renderer');
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
};

/** What the page finds in its global scope before its own scripts run. */
interface BridgedWindow {
  streamscopeInvoke(text: string): Promise<string>;
  streamscopeFeed?: (text: string) => void;
  streamscope: Transport;
}

/** Opens the window in `page` over `transport`. Returns the function that ends the feeds. */
export async function openWindowPage(page: Page, transport: Transport): Promise<() => void> {
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = CONTENT_TYPES[extname(pathname)];
    const body = contentType && (await readFile(join(files, pathname)).catch(() => null));
    if (!contentType || !body) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({
      body,
      headers: { 'content-type': contentType, 'content-security-policy': CONTENT_POLICY },
    });
  });
  await page.exposeFunction('streamscopeInvoke', async (text: string) => {
    const { name, args } = fromWireText(text) as { name: string; args: unknown };
    return toWireText(await transport.invoke(name, args));
  });
  await page.addInitScript(
    `(${installTransport.toString()})(${toWireText.toString()}, ${fromWireText.toString()})`,
  );

  const end = transport.subscribe((name, payload) => {
    const text = toWireText({ name, payload });
    page
      .evaluate((feed) => (window as unknown as BridgedWindow).streamscopeFeed?.(feed), text)
      // A page that was closed or is being reloaded does not listen.
      .catch(() => undefined);
  });
  await page.goto(`${ORIGIN}/index.html`);
  return end;
}

/** Runs in the page. */
function installTransport(encode: typeof toWireText, decode: typeof fromWireText): void {
  const page = window as unknown as BridgedWindow;
  const listeners = new Set<(name: string, payload: unknown) => void>();
  page.streamscopeFeed = (text) => {
    const { name, payload } = decode(text) as { name: string; payload: unknown };
    for (const listener of listeners) listener(name, payload);
  };
  page.streamscope = {
    invoke: async (name, args) => decode(await page.streamscopeInvoke(encode({ name, args }))),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
