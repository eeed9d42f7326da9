/**
 * What runs in the window's page: clicks and scrolls as a user's would, and waits for the rows that come of them. Everything is
 * measured in the page itself, up to the frame that shows it, so that no driver's time is counted.
 */
/* global document, requestAnimationFrame, KeyboardEvent */

/** Installs `scaleMoves` on the page's global object. */
export function installMoves() {
  const grid = () => document.querySelector('[role=grid][aria-label=Events]');

  /** Whether every row in view says what it is, and the first of them is at or after `least`. */
  function isFilled(least) {
    const list = grid();
    if (!list) return false;
    const { top, bottom } = list.getBoundingClientRect();
    let first = Infinity;
    for (const row of list.querySelectorAll('[data-index]')) {
      const box = row.getBoundingClientRect();
      if (box.bottom <= top + 1 || box.top >= bottom - 1) continue;
      const cells = [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent.trim());
      if (cells[0] !== row.dataset.index || cells.at(-1) === '') return false;
      first = Math.min(first, Number(cells[0]));
    }
    return first !== Infinity && first >= least;
  }

  /** Calls back when the frame at hand has been drawn: after everybody else's callbacks for it. */
  function afterFrame(callback) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = callback;
      port2.postMessage(null);
    });
  }

  /** Milliseconds from `act` to the end of the frame in which `done` holds. */
  function until(act, done) {
    const startMs = performance.now();
    act();
    return new Promise((resolve) => {
      const look = () => (done() ? resolve(performance.now() - startMs) : afterFrame(look));
      afterFrame(look);
    });
  }

  globalThis.scaleMoves = {
    /** Clicks a session in the list; resolves when the first screen of its rows is there. */
    open: (id) =>
      until(
        () => document.querySelector(`[data-id="${id}"]`).click(),
        () => isFilled(0),
      ),
    /** Puts the scrollbar at a share of its way; resolves when the rows there are in view with their texts. */
    jump(share) {
      const list = grid();
      const before = list.querySelector('[data-index]').dataset.index;
      const moved = () => list.querySelector('[data-index]').dataset.index !== before;
      const act = () => (list.scrollTop = share * (list.scrollHeight - list.clientHeight));
      return until(act, () => moved() && isFilled(1));
    },
    /** Presses a key in the list and waits for the screen that shows `index`. */
    press(key, index) {
      const list = grid();
      list.focus();
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      const there = () => list.querySelector(`[data-index="${index}"]`) !== null;
      return until(
        () => list.dispatchEvent(event),
        () => there() && isFilled(0),
      );
    },
    /** Clicks the Timeline's tab; resolves when its lanes have names. */
    timeline() {
      const tab = [...document.querySelectorAll('[role=tab]')].find(
        (one) => one.textContent.trim() === 'Timeline',
      );
      return until(
        () => tab.click(),
        () => document.querySelector('.names .name.data') !== null,
      );
    },
  };
}
