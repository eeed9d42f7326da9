/**
 * A stream with everything that resuming needs: `retry`, an id on each event, comments between them, and a connection that
 * breaks now and then. An event is due at a fixed time whether somebody listens or not, so a client that comes back with
 * Last-Event-ID is given what it missed, and can see that nothing is lost.
 *
 * Query: `interval` in milliseconds between events (default 500), `drop` events on one connection until it breaks (default 20).
 */
import { encodeBlock } from '../../shared/sse/encode.ts';
import { wholeNumber } from './query.ts';
import {
  jsonAnswer,
  STREAM_HEADERS,
  type SampleCall,
  type SamplePace,
  type SampleRoute,
} from './sample-route.ts';

/** As much as is made up for; an id that is older is answered from here on. */
const MOST_MISSED = 10_000;
const RETRY_MS = 1000;

export function createHeartbeatRoute(pace: SamplePace): SampleRoute {
  const startedMs = pace.nowMs();
  let breaks = 0;

  async function* stream(
    call: SampleCall,
    intervalMs: number,
    events: number,
  ): AsyncGenerator<string, void, void> {
    /** Number of the last event that is due. The first is due at the start. */
    const due = (): number => Math.floor((pace.nowMs() - startedMs) / intervalMs) + 1;
    const seen = /^\d{1,15}$/.test(call.lastEventId) ? Number(call.lastEventId) : null;
    let next = due();
    yield encodeBlock({ retryMs: RETRY_MS });
    if (seen !== null && seen <= next) {
      next = Math.max(seen + 1, next - MOST_MISSED);
      yield encodeBlock({ comments: [`resuming after ${seen}`] });
    }
    let sent = 0;
    while (sent < events) {
      const behind = due();
      let piece = '';
      for (; next <= behind && sent < events; next += 1, sent += 1) {
        const data = JSON.stringify({ beat: next, dueMs: Math.round((next - 1) * intervalMs) });
        piece += encodeBlock({ id: String(next), type: 'beat', data });
      }
      if (piece !== '') yield piece;
      if (sent === events) return;
      const untilNextMs = startedMs + (next - 1) * intervalMs - pace.nowMs();
      await call.sleep(Math.max(1, untilNextMs / 2));
      yield ':\n\n';
      await call.sleep(Math.max(1, untilNextMs / 2));
    }
  }

  return {
    path: '/samples/heartbeat',
    methods: ['GET'],
    answer(call) {
      const interval = wholeNumber(call.url, 'interval', 500, 10, 60_000);
      const events = wholeNumber(call.url, 'drop', 20, 1, 1_000_000_000);
      if (typeof interval === 'string') return jsonAnswer(400, { message: interval });
      if (typeof events === 'string') return jsonAnswer(400, { message: events });
      return {
        status: 200,
        headers: STREAM_HEADERS,
        body: stream(call, interval, events),
        // In turn a clean end and a cut in the middle of nowhere: a client has to survive both.
        cutOff: () => (breaks += 1) % 2 === 0,
      };
    },
  };
}
