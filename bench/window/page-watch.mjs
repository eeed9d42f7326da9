/**
 * What runs in the window's page while a benchmark measures: it listens to the same feed as the app, and notes when frames are
 * drawn. It asks main for nothing.
 */
/* global document, requestAnimationFrame, EventSource */

/**
 * Installs the watch; `bench` on the page's global object holds what was seen since `restart`. `frames`: also notes when each frame
 * begins, which makes the page draw sixty times a second although nothing changes.
 */
export function installWatch({ frames = false } = {}) {
  const bench = { restart };
  function restart(awaited) {
    Object.assign(bench, {
      sessionId: null,
      events: 0,
      batches: 0,
      headAtMs: null,
      lastSeq: 0,
      lastAtMs: 0,
      awaited,
      seenAt: null,
      frames: [],
    });
  }
  restart(Infinity);
  globalThis.bench = bench;
  globalThis.streamscope.subscribe((name, payload) => {
    if (name !== 'session:batch') return;
    const { sessionId, counts, tail, lastAtMs } = payload;
    bench.sessionId = sessionId;
    bench.events = counts.events;
    bench.batches += 1;
    bench.lastAtMs = lastAtMs;
    bench.lastSeq = counts.entries - 1;
    // 66 is the kind of a response head (docs/formats.md).
    const head = bench.headAtMs === null ? tail.kind.indexOf(66) : -1;
    if (head >= 0) bench.headAtMs = tail.atMs[head];
    bench.onBatch?.(payload);
    if (bench.events >= bench.awaited && bench.seenAt === null) {
      // When the frame that shows it has been drawn.
      requestAnimationFrame(() =>
        setTimeout(() => (bench.seenAt = performance.timeOrigin + performance.now())),
      );
      bench.awaited = Infinity;
    }
  });
  if (!frames) return;
  let lastMs = performance.now();
  requestAnimationFrame(function frame(nowMs) {
    bench.frames.push(nowMs - lastMs);
    lastMs = nowMs;
    requestAnimationFrame(frame);
  });
}

/** Notes, each time rows have been drawn, how long ago their bytes were read; for `bench.shown` on the page's global object. */
export function installRowWatch() {
  const { bench } = globalThis;
  bench.shown = [];
  let newest = -1;
  let sessionId = null;
  let asked = false;
  let tail = null;
  function look() {
    asked = false;
    const epochMs = performance.timeOrigin + performance.now();
    const cells = document.querySelectorAll('[role="grid"][aria-label="Events"] [data-index] .seq');
    const first = tail.seq[0];
    for (const cell of cells) {
      const seq = Number(cell.textContent);
      if (!(seq > newest)) continue;
      newest = seq;
      // Rows that an earlier batch brought were seen then, or are too old to be in view.
      if (seq >= first) bench.shown.push({ epochMs, atMs: tail.atMs[seq - first] });
    }
  }
  bench.onBatch = (payload) => {
    ({ tail } = payload);
    if (payload.sessionId !== sessionId) newest = -1;
    ({ sessionId } = payload);
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => setTimeout(look));
  };
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
