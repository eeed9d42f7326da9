/** Tells listeners that a log grew: at most once a turn, after the code that appended has run. */
export interface AppendListeners {
  add(listener: () => void): () => void;
  /** Something was appended. Cheap when nobody listens or the call is already on its way. */
  appended(): void;
}

export function createAppendListeners(): AppendListeners {
  const listeners = new Set<() => void>();
  let scheduled = false;

  function tell(): void {
    scheduled = false;
    for (const listener of [...listeners]) listener();
  }

  return {
    add(listener) {
      // Wrapped, so that the same function added twice is two subscriptions.
      const entry = (): void => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    appended() {
      if (scheduled || listeners.size === 0) return;
      scheduled = true;
      void Promise.resolve().then(tell);
    },
  };
}
