/**
 * What is open, and how many use it: opened by the first, closed with the last. Users are counted before anything is awaited, so
 * that nothing is closed that somebody is about to read.
 */

export interface InUse<T> {
  has(id: string): boolean;
  /** Opens it unless it is open. */
  begin(id: string, open: () => Promise<T>): Promise<T>;
  /** Closes it after its last user; nothing happens when it is not open. */
  end(id: string): Promise<void>;
  /** null when it is not open, or could not be opened. */
  opened(id: string): Promise<T | null>;
  /** Whoever uses it does so no longer; the caller closes it. */
  forget(id: string): void;
}

interface Use<T> {
  readonly opening: Promise<T>;
  users: number;
}

export function createInUse<T extends { readonly close: () => Promise<void> }>(): InUse<T> {
  const uses = new Map<string, Use<T>>();
  return {
    has: (id) => uses.has(id),
    async begin(id, open) {
      const use = uses.get(id) ?? { opening: open(), users: 0 };
      uses.set(id, use);
      use.users += 1;
      try {
        return await use.opening;
      } catch (error) {
        if (uses.get(id) === use) uses.delete(id);
        throw error;
      }
    },
    async end(id) {
      const use = uses.get(id);
      if (!use || (use.users -= 1) > 0) return;
      uses.delete(id);
      await (await use.opening).close();
    },
    async opened(id) {
      return (await uses.get(id)?.opening.catch(() => null)) ?? null;
    },
    forget: (id) => void uses.delete(id),
  };
}
