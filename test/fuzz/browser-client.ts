/** The EventSource of a real Chromium as a client of a plan. One page holds as many streams as there are places. */
import type { Browser, Page } from '@playwright/test';
import { bodyOf, type ClientLog, type Plan } from './plan.ts';
import type { ServedClient } from './plan-server.ts';

export interface BrowserClient {
  run(served: ServedClient, plan: Plan): Promise<ClientLog>;
  close(): Promise<void>;
}

/** What the page tells: "open", "error", or an event. */
type Told = 'open' | 'error' | readonly [type: string, data: string, lastEventId: string];

interface PageWatch {
  readonly told: readonly Told[];
  readonly closed: boolean;
}

const GIVE_UP_MS = 40_000;

export async function createBrowserClient(browser: Browser, pageOrigin: string): Promise<BrowserClient> {
  const page: Page = await browser.newPage();
  await page.goto(`${pageOrigin}/`);
  return {
    async run(served, plan) {
      const types = possibleTypes(plan);
      const watch = await page.evaluate(watchStream, { url: served.url, types, giveUpMs: GIVE_UP_MS });
      return logOf(watch, served);
    },
    close: () => page.close(),
  };
}

/** Runs in the page. */
function watchStream(options: {
  readonly url: string;
  readonly types: readonly string[];
  readonly giveUpMs: number;
}): Promise<PageWatch> {
  return new Promise((resolve) => {
    const told: Told[] = [];
    const source = new EventSource(options.url);
    const finish = (closed: boolean) => {
      clearTimeout(timeout);
      source.close();
      resolve({ told, closed });
    };
    const timeout = setTimeout(() => finish(false), options.giveUpMs);
    // A server may name its events "open" and "error"; only those of the browser itself are no messages.
    source.addEventListener('open', (event) => {
      if (!(event instanceof MessageEvent)) told.push('open');
    });
    source.addEventListener('error', (event) => {
      if (event instanceof MessageEvent) return;
      told.push('error');
      if (source.readyState === EventSource.CLOSED) finish(true);
    });
    for (const type of options.types) {
      source.addEventListener(type, (event) => {
        if (event instanceof MessageEvent) told.push([event.type, String(event.data), event.lastEventId]);
      });
    }
  });
}

/** A listener needs a type. These are all that any reading of the bytes could come to: what stands behind each "event:". */
function possibleTypes(plan: Plan): string[] {
  const types = new Set(['message']);
  for (const connection of plan.connections) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bodyOf(connection));
    for (const line of text.split(/[\r\n]/)) {
      for (let at = line.indexOf('event'); at >= 0; at = line.indexOf('event', at + 1)) {
        const value = line.slice(at + 'event'.length).replace(/^:/, '');
        types.add(value).add(value.replace(/^ /, ''));
      }
    }
  }
  types.delete('');
  return [...types];
}

function logOf({ told, closed }: PageWatch, served: ServedClient): ClientLog {
  const attempts: { sentId: string | null; opened: boolean; events: [string, string, string][] }[] = [];
  const begin = () =>
    attempts.push({ sentId: served.sentIds[attempts.length] ?? null, opened: false, events: [] });
  let between = true;
  for (const word of told) {
    if (between) begin();
    between = word === 'error';
    const attempt = attempts.at(-1);
    if (!attempt || word === 'error') continue;
    if (word === 'open') attempt.opened = true;
    else attempt.events.push([...word]);
  }
  return { attempts, waitsMs: [...served.waitsMs], end: closed ? 'closed' : 'timeout' };
}
