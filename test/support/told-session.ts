/**
 * A session told line by line, for tests of what is judged by time and order: when, what, and how it goes on.
 *
 *   0 request          5 head 200 text/event-stream
 *   10 type=a id=1 data          (an event; without type= a message)
 *   20 wire :ping\n\n            (bytes as they are)
 *   30 end             40 retry
 */
import type { JournalEntry } from '../../src/shared/session/entry.ts';
import type { SessionLog } from '../../src/shared/session/log.ts';
import { createMemoryLog } from '../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../src/shared/session/recorder.ts';
import { createPortableByteText } from '../../src/shared/sse/byte-text.ts';
import { attemptEnd, attemptStart, responseHead } from './attempt-entries.ts';

export interface Teller {
  readonly log: SessionLog;
  /** One line. */
  tell(line: string): void;
  entry(entry: JournalEntry, atMs: number): void;
}

export function createTeller(): Teller {
  const log = createMemoryLog({ sessionId: 'told', maxBytes: 64 * 1024 * 1024 });
  const recorder = createRecorder({ log, byteText: createPortableByteText() });
  let attempt = 0;
  const read = (text: string, atMs: number) => recorder.read(new TextEncoder().encode(text), atMs);
  return {
    log,
    entry: (entry, atMs) => recorder.entry(entry, atMs),
    tell(line) {
      const [, time = '0', what = '', rest = ''] = /^(\d+) (\S+) ?([^]*)$/.exec(line) ?? [];
      const atMs = Number(time);
      switch (what) {
        case 'request':
          attempt += 1;
          return recorder.entry(attemptStart(attempt), atMs);
        case 'head': {
          const [status = '200', type = 'text/event-stream'] = rest.split(' ').filter((word) => word !== '');
          const head = responseHead(attempt);
          if (head.kind !== 'response-head') return;
          recorder.entry(
            { ...head, status: Number(status), statusText: '', headers: [['Content-Type', type]] },
            atMs,
          );
          return recorder.beginBody(attempt, 'sse');
        }
        case 'wire':
          read(rest.replaceAll('\\n', '\n').replaceAll('\\r', '\r'), atMs);
          return;
        case 'end':
          recorder.endBody(atMs);
          return recorder.entry(attemptEnd(attempt, log.wireBytes), atMs);
        default: {
          const [, type, id, data = ''] =
            /^(?:type=(\S*) ?)?(?:id=(\S*) ?)?([^]*)$/.exec(line.slice(time.length + 1)) ?? [];
          const fields = [...(type ? [`event: ${type}`] : []), ...(id ? [`id: ${id}`] : []), `data: ${data}`];
          read(`${fields.join('\n')}\n\n`, atMs);
        }
      }
    },
  };
}

export function toldSession(...lines: readonly string[]): SessionLog {
  const teller = createTeller();
  for (const line of lines) teller.tell(line);
  return teller.log;
}
