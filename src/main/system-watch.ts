/**
 * Notices that the machine woke up, and that its network came or went. What only the surroundings know comes in as a port; this
 * makes changes of it, each told once.
 */
import type { SystemChange } from '../shared/connection/types.ts';

export interface SystemPort {
  /** Whether there is a network at all. */
  readonly isOnline: () => boolean;
  /** Calls back when the machine wakes up. Returns the function that ends it. */
  readonly onResume: (listener: () => void) => () => void;
  /** Calls back again and again. Returns the function that ends it. */
  readonly every: (periodMs: number, run: () => void) => () => void;
}

/** How soon a change of the network is noticed. */
export const LOOK_EVERY_MS = 2000;

/** Returns the function that ends the watch. */
export function watchSystem(port: SystemPort, onChange: (change: SystemChange) => void): () => void {
  let online = port.isOnline();
  const look = (): void => {
    const now = port.isOnline();
    if (now === online) return;
    online = now;
    onChange(now ? 'online' : 'offline');
  };
  const ends = [
    port.every(LOOK_EVERY_MS, look),
    port.onResume(() => {
      // The network of before the sleep is old news: a change of it is told by itself.
      look();
      onChange('woke');
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
