/** A clock for what counts on the screen. It runs only while something that is shown reads it. */
import { createSubscriber } from 'svelte/reactivity';

export interface Ticking {
  /** Milliseconds since the Unix epoch; reading it in a component makes that follow the clock. */
  readonly now: number;
}

export function createTicking(everyMs: number): Ticking {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, everyMs);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      subscribe();
      return Date.now();
    },
  };
}
