/** How the window feels while something goes on: frames, a click, Stop. Clicks are made in the page itself, so that no driver's time is counted. */
/* global document, requestAnimationFrame */
import { percentile } from '../report/rows.mjs';

/** The 95th percentile of the intervals between frames, over a while; the watch must note frames. */
export async function frameIntervals(page, watchMs) {
  await page.evaluate(() => (globalThis.bench.frames.length = 0));
  await page.waitForTimeout(watchMs);
  return percentile(await page.evaluate(() => globalThis.bench.frames), 0.95);
}

/** Milliseconds from a click on another tab to the frame that shows it, and back again: the longer of the two. */
export const clickTabs = (page) => page.evaluate(clickThere, ['Timeline', 'Events']);

async function clickThere(names) {
  const times = [];
  for (const name of names) {
    const tab = [...document.querySelectorAll('[role="tab"]')].find((one) => one.textContent.includes(name));
    const startMs = performance.now();
    tab.click();
    await new Promise((resolve) => {
      requestAnimationFrame(function look() {
        // Once more, so that the frame which shows it has been drawn.
        if (tab.getAttribute('aria-selected') === 'true') requestAnimationFrame(() => setTimeout(resolve));
        else requestAnimationFrame(look);
      });
    });
    times.push(performance.now() - startMs);
  }
  return Math.max(...times);
}

/** Milliseconds from a click on Stop to the frame in which the button says Connect. */
export const clickStop = (page) => page.evaluate(stopInPage);

function stopInPage() {
  const named = (label) =>
    [...document.querySelectorAll('button')].find((one) => one.textContent.trim() === label);
  const startMs = performance.now();
  named('Stop').click();
  return new Promise((resolve) => {
    requestAnimationFrame(function look() {
      if (named('Connect')) resolve(performance.now() - startMs);
      else requestAnimationFrame(look);
    });
  });
}
