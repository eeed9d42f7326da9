/** Looking through sessions: in threads of their own where the app has them, else between its other work. */
import type { FrameText } from '../sessions/frame-text.ts';
import type { Scans } from '../sessions/scans.ts';
import { createLocalScans } from './local-scans.ts';
import { createScanWorkers } from './scan-workers.ts';

export interface ScansOptions {
  /** The built program of the thread; null: there is none. */
  readonly workerFile: string | null;
  /** Where a session's files are; null when it has none. */
  readonly folderOf: (sessionId: string) => string | null;
  readonly frameText: FrameText;
}

export function createScans({ workerFile, folderOf, frameText }: ScansOptions): Scans {
  return workerFile === null ? createLocalScans({ frameText }) : createScanWorkers({ workerFile, folderOf });
}
