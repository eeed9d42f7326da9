/**
 * The DevTools window of the same Electron, with the EventStream tab in view, over a page that reads a burst by EventSource: the
 * time until it has the last event. Only Chromium's DevTools of this generation are driven; with others the row is left out.
 */
/* global requestAnimationFrame */
import { openPeer } from '../window/open-electron.mjs';
import { countByEventSource } from '../window/page-watch.mjs';

const READY_MS = 20_000;
const LONGEST_MS = 60_000;

/** Resolves to `{ events, ms }`, from the first byte to the frame after the last event is there. */
export async function openDevTools(env, feed, events) {
  const peer = await openPeer(env, { pageUrl: feed.origin });
  try {
    await peer.electron.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const opened = new Promise((resolve) => window.webContents.once('devtools-opened', resolve));
      window.webContents.openDevTools({ mode: 'detach' });
      await opened;
    });
    await inDevTools(peer, showNetwork, READY_MS);
    // The stream is held open after its events, so that its row can be chosen before they come.
    const run = feed.run({ stream: 'chat', write: 'coalesced', events, holdMs: 3000 });
    const reading = peer.page.evaluate(countByEventSource, [run.url, events, 'message']);
    await inDevTools(peer, showStream, READY_MS);
    const endedAt = await inDevTools(peer, rowsAre, LONGEST_MS, events);
    await reading;
    const { startedAt } = await run.report();
    return { events, ms: endedAt - startedAt };
  } finally {
    await peer.close();
  }
}

/** Calls a function in DevTools' own page until it gives something. */
async function inDevTools({ electron }, look, timeoutMs, argument = null) {
  const code = `(${look})(${JSON.stringify(argument)})`;
  const until = performance.now() + timeoutMs;
  for (;;) {
    const found = await electron.evaluate(
      ({ BrowserWindow }, script) =>
        BrowserWindow.getAllWindows()[0].webContents.devToolsWebContents.executeJavaScript(script),
      code,
    );
    if (found) return found;
    if (performance.now() > until) throw new Error(`DevTools did not get to ${look.name}`);
  }
}

// What follows runs in DevTools' own page, whose modules it takes from there.

async function showNetwork() {
  const { ViewManager } = await import('./ui/legacy/legacy.js');
  await ViewManager.ViewManager.instance().showView('network');
  return true;
}

async function showStream() {
  const { NetworkLog } = await import('./models/logs/logs.js');
  const { NetworkPanel } = await import('./panels/network/network.js');
  const requests = NetworkLog.NetworkLog.instance().requests();
  const stream = requests.find((request) => request.url().includes('/stream'));
  if (!stream) return false;
  await NetworkPanel.NetworkPanel.instance().selectAndActivateRequest(stream, 'eventSource');
  return true;
}

/** When the frame with the last of them was drawn; false before. */
async function rowsAre(expected) {
  const { NetworkLog } = await import('./models/logs/logs.js');
  const requests = NetworkLog.NetworkLog.instance().requests();
  const stream = requests.find((request) => request.url().includes('/stream'));
  if (stream.eventSourceMessages().length < expected) return false;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return Date.now();
}
