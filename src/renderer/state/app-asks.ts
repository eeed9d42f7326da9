/**
 * What a command asks of whichever view can do it: to take the focus, to open a menu. Views listen while they are there; an ask
 * that nobody hears is forgotten.
 */
export type Ask =
  | 'focus-address'
  | 'open-headers'
  | 'open-body'
  | 'choose-environment'
  | 'choose-last-event-id'
  | 'focus-filter'
  | 'focus-find'
  | 'focus-sidebar'
  | 'rename-endpoint'
  | 'rename-session'
  | 'open-export'
  | 'open-annotations';

export interface Asks {
  send(ask: Ask): void;
  /** Returns the function that ends it. */
  on(ask: Ask, listener: () => void): () => void;
}

export function createAsks(): Asks {
  const listeners = new Set<{ readonly ask: Ask; readonly listener: () => void }>();
  return {
    send(ask) {
      for (const entry of [...listeners]) if (entry.ask === ask) entry.listener();
    },
    on(ask, listener) {
      const entry = { ask, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
