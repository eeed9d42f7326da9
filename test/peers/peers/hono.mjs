import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { streamSSE } from 'hono/streaming';
import { listen } from '../processes.mjs';
import { dataOf, headerOf, record, sentIds } from '../record.mjs';

export const name = 'hono';
export const packages = ['hono', '@hono/node-server'];

export async function run(check) {
  const app = new Hono();
  const events = (context) =>
    streamSSE(context, async (stream) => {
      const last = Number(context.req.header('last-event-id') ?? 0);
      await stream.writeSSE({ event: 'tick', data: 'line 1\nline 2', id: String(last + 1), retry: 20 });
    });
  app.get('/events', events);
  app.get('/zipped', compress({ encoding: 'gzip' }), (context) => {
    context.header('content-encoding', 'identity');
    return events(context);
  });
  const { origin, stop } = await listen(createAdaptorServer({ fetch: app.fetch }));
  try {
    const seen = await record(`${origin}/events`, '--max-events', '3');
    check('data of several lines', dataOf(seen)[0] === 'line 1\nline 2', dataOf(seen)[0]);
    check(
      'id and retry behind the data',
      seen.events[0]?.lastEventId === '1' && seen.events[0]?.retryMs === 20,
    );
    check('resume by Last-Event-ID', sentIds(seen).join() === ',1,2', sentIds(seen).join());
    const plain = await record(`${origin}/zipped`, '--max-events', '1');
    check(
      'content-encoding: identity',
      headerOf(plain, 'content-encoding') === 'identity' && plain.events.length === 1,
      headerOf(plain, 'content-encoding'),
    );
  } finally {
    stop();
  }
}
