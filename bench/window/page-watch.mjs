/**
 * What runs in the window's page while a benchmark measures: it listens to the same feed as the app, and notes when frames are
 * drawn. It asks main for nothing.
 */
/* global document, requestAnimationFrame, EventSource */

/** Installs the watch; `bench` on the page's global object holds what was seen since `restart`. */
export function installWatch() {
  const bench = {
    sessionId: null,
    events: 0,
    batches: 0,
    awaited: Infinity,
    seenAt: null,
    frames: [],
    restart,
  };
  function restart(awaited) {
    Object.assign(bench, { sessionId: null, events: 0, batches: 0, awaited, seenAt: null, frames: [] });
  }
  globalThis.bench = bench;
  globalThis.streamscope.subscribe((name, payload) => {
    if (name !== 'session:batch') return;
    bench.sessionId = payload.sessionId;
    bench.events = payload.counts.events;
    bench.batches += 1;
    if (bench.events >= bench.awaited && bench.seenAt === null) {
      // When the frame that shows it has been drawn.
      requestAnimationFrame(() =>
        setTimeout(() => (bench.seenAt = performance.timeOrigin + performance.now())),
      );
      bench.awaited = Infinity;
    }
  });
  let lastMs = performance.now();
  requestAnimationFrame(function frame(nowMs) {
    bench.frames.push(nowMs - lastMs);
    lastMs = nowMs;
    requestAnimationFrame(frame);
  });
}

/** Reads a stream by the browser's own EventSource; resolves to `{ events, ms }` when `events` have come. */
export function countByEventSource([url, expected, type]) {
  return new Promise((resolve, reject) => {
    let events = 0;
    let startMs = 0;
    const source = new EventSource(url);
    source.onopen = () => (startMs = performance.now());
    source.addEventListener(type, () => {
      events += 1;
      if (events < expected) return;
      source.close();
      resolve({ events, ms: performance.now() - startMs });
    });
    source.onerror = () =>
      events < expected && reject(new Error(`The stream broke off after ${events} events`));
  });
}

/** Whether the page says so many events, in the words of the window. */
export const headerText = () => document.querySelector('section[aria-label="Session"]')?.textContent ?? '';
