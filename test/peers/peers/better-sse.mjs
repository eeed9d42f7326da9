import { createServer } from 'node:http';
import { createSession } from 'better-sse';
import { listen } from '../processes.mjs';
import { commentsOf, dataOf, record, sentIds } from '../record.mjs';

export const name = 'better-sse';
export const packages = ['better-sse'];

export async function run(check) {
  const { origin, stop } = await listen(
    createServer(async (request, response) => {
      const session = await createSession(request, response, { retry: 50, keepAlive: 100 });
      const last = Number(session.lastId || 0);
      for (const number of [last + 1, last + 2]) session.push({ number }, 'count', String(number));
      // Long enough for keep-alives to come.
      setTimeout(() => response.end(), 350);
    }),
  );
  try {
    const seen = await record(`${origin}/`, '--max-events', '6');
    check(
      'events with type, data and id',
      seen.events[0]?.type === 'count' && dataOf(seen)[0] === '{"number":1}',
    );
    check(
      'retry of the server',
      seen.entries.some((entry) => entry.retryMs === 50),
    );
    check('keep-alive comments', commentsOf(seen).length >= 2);
    check('resume by Last-Event-ID', sentIds(seen).join() === ',2,4', sentIds(seen).join());
    check(
      'no event missing or twice',
      seen.events.map((event) => event.lastEventId).join() === '1,2,3,4,5,6',
    );
  } finally {
    stop();
  }
}
