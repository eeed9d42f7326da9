/** The scripted server does what scripts say: tests that stand on it need that to be sure. */
import { afterEach, describe, expect, it } from 'vitest';
import { startSseServer, type Encoding, type Script, type SseServer } from '../../support/sse-server.ts';

let server: SseServer | null = null;

async function serve(script: Script): Promise<string> {
  server = await startSseServer({ '/events': script });
  return `${server.origin}/events`;
}

afterEach(async () => {
  await server?.stop();
  server = null;
});

async function chunksOf(response: Response): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    chunks.push(Buffer.from(chunk).toString());
  }
  return chunks;
}

describe('a scripted server', () => {
  it('keeps what was asked', async () => {
    const url = await serve((call) => call.end());
    await fetch(url, { method: 'POST', body: 'hello', headers: { 'last-event-id': 'Ã©' } });
    expect(server?.requests).toMatchObject([
      { method: 'POST', path: '/events', body: 'hello', lastEventId: 'é' },
    ]);
    expect((await fetch(`${server?.origin}/other`)).status).toBe(404);
  });

  it.each<Encoding>(['identity', 'gzip', 'br', 'deflate'])(
    'sends each write at once, as %s',
    async (encoding) => {
      let next = (): void => {};
      const url = await serve(async (call) => {
        call.head({ encoding });
        for (const piece of ['data: a\n\n', 'data: b\n\n']) {
          await call.write(piece);
          await new Promise<void>((resolve) => (next = resolve));
        }
        call.end();
      });
      const response = await fetch(url);
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      const seen: string[] = [];
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        seen.push(Buffer.from(chunk).toString());
        next();
      }
      expect(seen).toEqual(['data: a\n\n', 'data: b\n\n']);
    },
  );

  it('numbers the calls of a path, so that each connection has its own answer', async () => {
    const url = await serve(async (call) => {
      await call.write(`call ${call.number}`);
      call.end();
    });
    expect(await (await fetch(url)).text()).toBe('call 1');
    expect(await (await fetch(url)).text()).toBe('call 2');
  });

  it.each(['cut', 'reset'] as const)('can %s a body', async (how) => {
    const url = await serve(async (call) => {
      await call.write('data: a\n\n');
      call[how]();
    });
    await expect(fetch(url).then(chunksOf)).rejects.toThrow();
  });

  it('redirects, and answers with any status and type', async () => {
    const url = await serve((call) => {
      if (call.number === 1) call.redirect(307, '/events');
      else {
        call.head({ status: 503, headers: { 'content-type': 'text/plain', 'retry-after': '1' } });
        call.end();
      }
    });
    const response = await fetch(url);
    expect([response.status, response.redirected, response.headers.get('retry-after')]).toEqual([
      503,
      true,
      '1',
    ]);
  });

  it('sees the client go', async () => {
    const url = await serve((call) => call.head());
    const leaving = new AbortController();
    await fetch(url, { signal: leaving.signal });
    const call = await server?.call(1);
    expect(call?.isClosed).toBe(false);
    leaving.abort();
    await call?.closed;
    expect(call?.isClosed).toBe(true);
    await call?.write('to nobody');
  });

  it('does not swallow a script that throws', async () => {
    const url = await serve(() => {
      throw new Error('the script is wrong');
    });
    await expect(fetch(url)).rejects.toThrow();
    await expect(server?.stop()).rejects.toThrow('the script is wrong');
    server = null;
  });
});
