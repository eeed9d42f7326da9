import fastifySse from '@fastify/sse';
import Fastify from 'fastify';
import { commentsOf, dataOf, record, sentIds } from '../record.mjs';

export const name = '@fastify/sse';
export const packages = ['@fastify/sse', 'fastify'];

export async function run(check) {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(fastifySse, { heartbeatInterval: 100 });
  app.get('/events', { sse: { kind: 'only' } }, async (request, reply) => {
    const last = Number(request.headers['last-event-id'] ?? 0);
    async function* numbers() {
      yield { id: last + 1, event: 'number', data: { at: last + 1 }, retry: 30 };
      await new Promise((resolve) => setTimeout(resolve, 350));
      yield { id: last + 2, event: 'number', data: { at: last + 2 } };
    }
    await reply.sse.send(numbers());
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const seen = await record(`${origin}/events`, '--max-events', '4');
    check(
      'events with type and data',
      seen.events[0]?.type === 'number' && dataOf(seen)[0] === '{"at":1}',
      dataOf(seen)[0],
    );
    check('heartbeat comments', commentsOf(seen).length >= 1);
    check('resume by Last-Event-ID', sentIds(seen).join() === ',2', sentIds(seen).join());
    check('no event missing or twice', seen.events.map((event) => event.lastEventId).join() === '1,2,3,4');
    const refused = await record(`${origin}/events`, '-H', 'Accept: application/json');
    check(
      '406 to another Accept is final and said',
      refused.code === 1 && refused.errors.includes('406'),
      refused.errors,
    );
  } finally {
    await app.close();
  }
}
