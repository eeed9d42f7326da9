/** Streamscope's own engine as a client of a plan: the real connection service, with everything read back from the log. */
import { performance } from 'node:perf_hooks';
import { createNodeByteText } from '../../src/main/capture/node-byte-text.ts';
import { createConnectionService } from '../../src/main/connections/connection-service.ts';
import { createUndiciHttpPort } from '../../src/main/connections/undici-http-port.ts';
import { BLANK_REQUEST } from '../../src/shared/connection/blank-request.ts';
import type { RequestSpec } from '../../src/shared/connection/types.ts';
import { decodedEntries } from '../../src/shared/export/decoded-entries.ts';
import type { SessionReader } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import type { ClientLog } from './plan.ts';
import type { ServedClient } from './plan-server.ts';
import { BLINK_DEFAULT_MS } from './blink.ts';

export type FuzzClient = (served: ServedClient) => Promise<ClientLog>;

const GIVE_UP_MS = 40_000;
const LOG_BYTES = 4 * 1024 * 1024;

/** The browser's rules without the longer waits that the standard allows: exactly when the server asked, with Blink's default time. */
const AS_A_BROWSER: Pick<RequestSpec, 'reconnect'> = {
  reconnect: { preset: 'browser', initialDelayMs: BLINK_DEFAULT_MS, floorMs: 0, maxDelayMs: 0 },
};

export function createOurClient(): FuzzClient {
  const clock = { nowMs: () => performance.now(), epochMs: () => Date.now() };
  const byteText = createNodeByteText();
  const service = createConnectionService({
    http: createUndiciHttpPort({ nowMs: clock.nowMs }),
    clock,
    jitter: () => 0,
  });
  let sessions = 0;

  return async (served) => {
    const sessionId = String((sessions += 1));
    const log = createMemoryLog({ sessionId, maxBytes: LOG_BYTES });
    const recorder = createRecorder({ log, byteText });
    let timedOut = false;
    await new Promise<void>((resolve) => {
      const timeout = setTimeout(() => {
        timedOut = true;
        service.stop(sessionId);
      }, GIVE_UP_MS);
      service.start({
        sessionId,
        request: { ...BLANK_REQUEST, ...AS_A_BROWSER, url: served.url },
        recorder,
        onStatus: () => {},
        onEnded() {
          clearTimeout(timeout);
          resolve();
        },
      });
    });
    return readLog(log, served, timedOut, byteText);
  };
}

async function readLog(
  log: SessionReader,
  served: ServedClient,
  timedOut: boolean,
  byteText: ReturnType<typeof createNodeByteText>,
): Promise<ClientLog> {
  const attempts: { sentId: string | null; opened: boolean; events: [string, string, string][] }[] = [];
  const waitsMs: number[] = [];
  for await (const slice of decodedEntries(log, { from: 0, to: log.count }, byteText)) {
    for (const entry of slice) {
      if (entry.what === 'frame') {
        if (entry.kind === 'event')
          attempts.at(-1)?.events.push([entry.eventType ?? '', entry.data, entry.lastEventId]);
      } else if (entry.entry.kind === 'attempt-start') {
        attempts.push({ sentId: served.sentIds[attempts.length] ?? null, opened: false, events: [] });
      } else if (entry.entry.kind === 'response-head') {
        const attempt = attempts.at(-1);
        if (attempt) attempt.opened = entry.entry.accepted;
      } else if (entry.entry.kind === 'retry-scheduled') {
        waitsMs.push(entry.entry.delayMs);
      }
    }
  }
  return { attempts, waitsMs, end: timedOut ? 'timeout' : 'closed' };
}
