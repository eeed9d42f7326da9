import { afterEach, expect, it } from 'vitest';
import { cleanUp, connected, serve } from './bench.ts';
import { STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

/** As many bytes as a log that is behind is given before the socket is paused. */
const BACKLOG_BYTES = 256 * 1024;
const LAST = 'data: last\n\n';

it('a server that closes while the log is behind ends the stream, and every byte is kept', async () => {
  const body = 'data: behind\n\n'.repeat(BACKLOG_BYTES / 14 + 1).slice(-BACKLOG_BYTES);
  const server = await serve((call) => call.write(STREAM_HEAD + body));
  const bench = connected(server.origin, {
    method: 'POST',
    // Nothing resumes before the end.
    wrap: (recorder) =>
      Object.create(recorder, { drained: { value: () => new Promise<void>(() => {}) } }) as typeof recorder,
  });
  const call = await server.call(1);
  await expect.poll(() => bench.log.wireBytes).toBe(BACKLOG_BYTES);
  // undici still tells this read, and stands still after it.
  call.write(LAST);
  await expect.poll(() => bench.log.wireBytes).toBe(BACKLOG_BYTES + LAST.length);
  call.end();
  expect(await bench.outcome).toBe('ended');
  expect(await bench.text()).toBe(body + LAST);
});
