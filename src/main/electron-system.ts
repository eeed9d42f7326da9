/** The machine and its network, as Electron tells of them. */
import { net, powerMonitor } from 'electron';
import type { SystemPort } from './system-watch.ts';

/** To be asked when the app is ready. */
export function electronSystem(): SystemPort {
  return {
    isOnline: () => net.isOnline(),
    onResume(listener) {
      powerMonitor.on('resume', listener);
      return () => void powerMonitor.off('resume', listener);
    },
    every(periodMs, run) {
      const timer = setInterval(run, periodMs);
      return () => clearInterval(timer);
    },
  };
}
