import { afterEach, expect, it } from 'vitest';
import { createCookieJars } from '../../../src/main/connections/cookie-jars.ts';
import { cleanUp, connected, serve } from './bench.ts';
import { headerOf } from './raw-server.ts';

afterEach(cleanUp);

const jars = () => createCookieJars({ stored: undefined, save: () => undefined, onChanged: () => undefined });

it('cookies of redirects, streams and refusals are kept, sent to what follows, and hidden in the session', async () => {
  const server = await serve((call) => {
    const answers = [
      'HTTP/1.1 302 Found\r\nLocation: /b\r\nSet-Cookie: hop=secret-1; Path=/\r\nContent-Length: 0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nSet-Cookie: open=secret-2; Path=/\r\nConnection: close\r\n\r\ndata: x\n\n',
      'HTTP/1.1 403 Forbidden\r\nSet-Cookie: no=secret-3; Path=/\r\nContent-Length: 0\r\n\r\n',
    ];
    call.end(answers[call.number - 1] ?? '');
  });
  const kept = jars();
  const bench = connected(`${server.origin}/a`, { jar: kept.of('f'), cookies: { jar: true } });
  expect(await bench.outcome).toBe('failed');
  const sent = server.calls.map((call) => headerOf(call, 'cookie'));
  expect(sent).toEqual([undefined, 'hop=secret-1', 'hop=secret-1; open=secret-2']);
  expect(kept.list('f').map(({ name }) => name)).toEqual(['hop', 'open', 'no']);
  const starts = await bench.journal('attempt-start');
  expect(starts.at(-1)?.headers.find(([name]) => name === 'Cookie')?.[1]).toBe(
    'hop=(hidden: 8 characters); open=(hidden: 8 characters)',
  );
  expect(JSON.stringify(await bench.log.journal())).not.toContain('secret-');
});

it('a jar that is switched off neither gives nor takes', async () => {
  const server = await serve((call) =>
    call.end('HTTP/1.1 403 Forbidden\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n'),
  );
  const kept = jars();
  kept.add('f', server.origin, 'a=1');
  const bench = connected(server.origin, { jar: kept.of('f') });
  await bench.outcome;
  expect(headerOf(await server.call(1), 'cookie')).toBeUndefined();
  expect(kept.list('f')).toHaveLength(1);
});
