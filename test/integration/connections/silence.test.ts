/** Servers that say nothing, or nothing worth waiting for: the watchdog's settings end them, over real sockets. */
import { afterEach, expect, it } from 'vitest';
import { afterTest, cleanUp, connected, serve } from './bench.ts';
import { headerOf, STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

const SOON = { preset: 'auto', initialDelayMs: 1, floorMs: 1, maxDelayMs: 10 } as const;

it('#52 half-open: a stream without a byte has stalled, its socket is closed, and the next one resumes', async () => {
  const server = await serve((call) => call.write(`${STREAM_HEAD}id: 8\ndata: a\n\n`));
  const bench = connected(server.origin, { reconnect: { ...SOON, stallTimeoutMs: 100 } });
  const again = await server.call(2);
  expect(headerOf(again, 'last-event-id')).toBe('8');
  await (
    await server.call(1)
  ).closed.passed;
  const [end] = await bench.journal('attempt-end');
  expect(end).toMatchObject({ how: 'failed', failure: { code: 'stalled' } });
  expect(end?.failure?.message).toMatch(/\.$/);
});

it('a server that accepts and never answers meets the time for the head', async () => {
  const server = await serve(() => {});
  const bench = connected(server.origin, { reconnect: { ...SOON, headTimeoutMs: 100 } });
  await server.call(2);
  const [end] = await bench.journal('attempt-end');
  expect(end).toMatchObject({ how: 'failed', failure: { code: 'timeout' } });
});

it('a slow trickle that goes on for ever meets the total time, and it is over', async () => {
  const server = await serve((call) => {
    call.write(`${STREAM_HEAD}data: `);
    const timer = setInterval(() => call.write('x'), 5);
    afterTest(() => clearInterval(timer));
  });
  const bench = connected(server.origin, {
    reconnect: { ...SOON, stallTimeoutMs: 60_000, totalTimeMs: 400 },
  });
  const outcome = await bench.outcome;
  expect(['ended', 'failed']).toContain(outcome);
  await (
    await server.call(1)
  ).closed.passed;
  expect(bench.service.statusAll()).toEqual([]);
  expect(bench.log.counts.events).toBe(0);
});
