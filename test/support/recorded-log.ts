/** A session's log in memory, recorded from wire text the way a connection would. */
import type { SessionSummary } from '../../src/shared/session/entry.ts';
import { sessionSummary } from './session-summary.ts';
import type { SessionLog, SessionReader } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import type { Framing } from '../../src/shared/sse/framing.ts';

/** One attempt: its reads, and how it is read. */
export interface RecordedAttempt {
  readonly reads: readonly (string | Uint8Array)[];
  /** Default true. */
  readonly asEvents?: boolean;
  /** Default: an event stream. */
  readonly framing?: Framing;
  /** What was sent as Last-Event-ID. Default "". */
  readonly lastEventId?: string;
}

export const STARTED_AT = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Reads come 10 ms apart; attempts are numbered from 1. */
export function recordedLog(attempts: readonly RecordedAttempt[], maxBytes = 256 * 1024 * 1024): SessionLog {
  const log = createMemoryLog({ sessionId: 's1', maxBytes });
  const lastEventId = attempts[0]?.lastEventId ?? '';
  const recorder = createRecorder({ log, byteText: createPortableByteText(), lastEventId });
  let atMs = 0;
  for (const [at, attempt] of attempts.entries()) {
    recorder.entry(
      {
        kind: 'attempt-start',
        attempt: at + 1,
        method: 'GET',
        url: 'http://127.0.0.1/events',
        headers: [['accept', 'text/event-stream']],
        body: '',
        lastEventId: attempt.lastEventId ?? '',
        why: 'You connected',
      },
      atMs,
    );
    recorder.beginBody(at + 1, attempt.asEvents === false ? null : (attempt.framing ?? 'sse'));
    for (const read of attempt.reads) {
      atMs += 10;
      recorder.read(typeof read === 'string' ? new TextEncoder().encode(read) : read, atMs);
    }
    recorder.endBody(atMs);
    recorder.entry(
      { kind: 'connection-closed', attempt: at + 1, state: 'closed', why: 'The server ended the stream' },
      atMs,
    );
  }
  return log;
}

export function summaryOf(reader: SessionReader): SessionSummary {
  return sessionSummary(reader.sessionId, {
    name: 'Recorded',
    url: 'http://127.0.0.1/events',
    startedAt: STARTED_AT,
    durationMs: reader.lastAtMs,
    counts: reader.counts,
  });
}
