/**
 * Visits of an app that is still being put together: the window loads its page meanwhile, and the first calls wait. So that opening
 * the window and reading the program's largest part go on side by side.
 */
import type { OpenVisit, Visit } from './visit.ts';

/** Opens visits by what `opening` gives. Calls reject when that fails. */
export function createLaterVisits(opening: Promise<OpenVisit>): OpenVisit {
  return (send) => {
    let visit: Visit | null = null;
    let closed = false;
    const opened = opening.then((open) => {
      if (closed) throw new Error('The page is gone');
      visit = open(send);
      return visit;
    });
    // Whoever started the app hears of it; a page that has not called yet has nothing to hear.
    opened.catch(() => undefined);
    return {
      dispatch: (name, args) =>
        visit ? visit.dispatch(name, args) : opened.then(({ dispatch }) => dispatch(name, args)),
      close() {
        closed = true;
        visit?.close();
      },
    };
  };
}
