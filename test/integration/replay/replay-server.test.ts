/** A recording over real sockets: what a client gets is what was recorded. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { numberedEvents, startReplay, stopReplays } from '../../support/replay-stage.ts';
import { askRaw } from './raw-client.ts';

afterEach(stopReplays);

const FIVE = [{ reads: numberedEvents(5) }];
const CHINESE = 'data: 你好\n\n';

describe('a replay', () => {
  it('gives the recorded head and the very bytes, read by read', async () => {
    const reads: [number, string][] = [
      [1, 'id: 1\nda'],
      [1, 'ta: a\n\n: hi\ndata: b'],
      [1, '\r\n\r\ndata: never ended'],
    ];
    const headers = [
      ['content-type', 'text/event-stream; charset=utf-8'],
      ['content-encoding', 'gzip'],
      ['connection', 'keep-alive, X-Hop'],
      ['x-hop', 'gone'],
      ['x-request-id', 'r1'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ] as const;
    const { url } = await startReplay([{ reads, headers }]);
    const answer = await askRaw(url);
    expect(answer.pieces.map(String)).toEqual(reads.map(([, text]) => text));
    expect(answer).toMatchObject({ status: 200, end: 'end' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-request-id': 'r1',
      'set-cookie': ['a=1', 'b=2'],
      'x-streamscope-replay': 'recorded; content-encoding gzip undone',
    });
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.headers).not.toHaveProperty('x-hop');
  });

  it.each([
    ['event', ['data: 你好\n\n', 'data: b\n\n']],
    ['byte', [...Buffer.from('data: 你好\n\ndata: b\n\n')].map((byte) => Buffer.of(byte))],
    ['all', ['data: 你好\n\ndata: b\n\n']],
  ] as const)('cuts the bytes anew: %s', async (cut, expected) => {
    const { url } = await startReplay(
      [
        {
          reads: [
            [1, `${CHINESE}da`],
            [1, 'ta: b\n\n'],
          ],
        },
      ],
      { cut },
    );
    expect((await askRaw(url)).pieces.map(String)).toEqual(expected.map(String));
  });

  it('cuts inside of characters', async () => {
    const { url } = await startReplay([{ reads: [[1, 'data: 你好, é😀\n\n']] }], { cut: 'mid-char' });
    const { pieces, text } = await askRaw(url);
    expect(text).toBe('data: 你好, é😀\n\n');
    expect(pieces).toHaveLength(5);
    // Every cut is inside of a character: neither side is text of its own.
    for (const piece of pieces.slice(0, -1)) expect(piece.toString()).toMatch(/\uFFFD$/);
  });

  it('answers any method at any path, after the request is there', async () => {
    const { url, over } = await startReplay(FIVE);
    const { origin } = new URL(url);
    const posted = await askRaw(`${origin}/v1/chat?x=1`, { method: 'POST', body: '{"a":1}' });
    expect(posted.text).toContain('event 5');
    const head = await askRaw(url, { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, text: '' });
    await vi.waitFor(() => expect(over).toHaveLength(2));
    expect(over[0]).toMatchObject({ method: 'POST', path: '/v1/chat?x=1', state: 'done', sentEvents: 5 });
  });

  it('resumes behind the Last-Event-ID, and has nothing more after the last one', async () => {
    const { url, over } = await startReplay(FIVE);
    const resume = (id: string) => askRaw(url, { headers: { 'last-event-id': id } });
    expect((await resume('3')).text).toBe('id: 4\ndata: event 4\n\nid: 5\ndata: event 5\n\n');
    expect(await resume('5')).toMatchObject({ status: 204, text: '' });
    const unknown = await resume('99');
    expect(unknown.text).toContain('event 1');
    await vi.waitFor(() => expect(over).toHaveLength(3));
    expect(over[2]?.note).toContain('not in the recording');
  });

  it('finds ids that are not ASCII, sent as browsers send them', async () => {
    const reads: [number, string][] = [
      [1, 'id: ü1\ndata: a\n\n'],
      [1, 'id: ü2\ndata: b\n\n'],
    ];
    const { url } = await startReplay([{ reads }]);
    const id = Buffer.from('ü1', 'utf8').toString('latin1');
    expect((await askRaw(url, { headers: { 'last-event-id': id } })).text).toBe('id: ü2\ndata: b\n\n');
  });

  it('plays attempts as one stream, or one after another as they were', async () => {
    const attempts = [
      { reads: [[1, 'overloaded']], status: 503, headers: [['retry-after', '1']] },
      { reads: numberedEvents(2), failed: 'reset' },
      { reads: [[1, 'id: 3\ndata: event 3\n\n']] },
    ] as const;
    const whole = await startReplay(attempts);
    const joined = await askRaw(whole.url);
    expect(joined).toMatchObject({ status: 200, end: 'end' });
    expect(joined.text.match(/event \d/g)).toEqual(['event 1', 'event 2', 'event 3']);

    const { url, over } = await startReplay(attempts, { attempts: 'each' });
    expect(await askRaw(url)).toMatchObject({ status: 503, text: 'overloaded' });
    const second = await askRaw(url);
    expect(second).toMatchObject({ status: 200, end: 'ECONNRESET' });
    expect(second.text).toContain('event 2');
    const third = await askRaw(url, { headers: { 'last-event-id': '2' } });
    expect(third).toMatchObject({ text: 'id: 3\ndata: event 3\n\n', end: 'end' });
    expect((await askRaw(url, { headers: { 'last-event-id': '3' } })).status).toBe(204);
    expect((await askRaw(url)).status).toBe(503);
    await vi.waitFor(() => expect(over.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 1]));
  });

  it('plays other framings, under their own type', async () => {
    const { url } = await startReplay(
      [
        {
          reads: [
            [1, '{"a":1}\n{"b"'],
            [1, ':2}\n'],
          ],
          framing: 'ndjson',
          headers: [['content-type', 'application/x-ndjson']],
        },
      ],
      { cut: 'event' },
    );
    const answer = await askRaw(url);
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    expect(answer.pieces.map(String)).toEqual(['{"a":1}\n', '{"b":2}\n']);
  });

  it('loops until the client leaves, to each client from its own beginning', async () => {
    const { url, over } = await startReplay(FIVE, { loop: true });
    const [one, other] = await Promise.all([
      askRaw(url, { leaveAfter: 500 }),
      askRaw(url, { leaveAfter: 300 }),
    ]);
    expect(one.text.match(/event 1\n/g)?.length).toBeGreaterThan(2);
    expect(one.text.slice(0, 300)).toBe(other.text.slice(0, 300));
    await vi.waitFor(() => expect(over.map(({ state }) => state)).toEqual(['left', 'left']));
  });

  it('keeps the gaps, by a factor, and shortens silences', async () => {
    const reads = numberedEvents(4, 120);
    /** From before the request to the last piece. */
    const lasts = async (options: object) => {
      const { url } = await startReplay([{ reads }], options);
      const startMs = performance.now();
      const { times } = await askRaw(url);
      return (times.at(-1) ?? 0) - startMs;
    };
    const [original, twice, short] = await Promise.all([
      lasts({ speed: 1 }),
      lasts({ speed: 2 }),
      lasts({ speed: 1, maxGapMs: 20 }),
    ]);
    // Nothing comes early; how late it comes is the machine's business.
    expect(original).toBeGreaterThan(4 * 120 - 2);
    expect(twice).toBeGreaterThan(4 * 60 - 2);
    expect(short).toBeGreaterThan(4 * 20 - 2);
  });

  it('goes step by step, holds and lets go, each client for itself', async () => {
    const { url, server, over } = await startReplay(FIVE, { speed: 'step' });
    let seen = '';
    const answer = askRaw(url, { onPiece: (text) => (seen = text) });
    await vi.waitFor(() => expect(server.clients()[0]).toMatchObject({ state: 'held', status: 200 }));
    expect(seen).toBe('');
    server.control('step', 1);
    await vi.waitFor(() => expect(seen).toBe('id: 1\ndata: event 1\n\n'));
    server.control('step', null);
    await vi.waitFor(() => expect(seen).toContain('event 2'));
    expect(seen).not.toContain('event 3');
    server.control('let-go', null);
    expect((await answer).text).toContain('event 5');
    await vi.waitFor(() => expect(over[0]).toMatchObject({ state: 'done', sentEvents: 5 }));
  });

  it('lets pages of any origin read it, or not', async () => {
    const { url } = await startReplay(FIVE);
    const origin = { origin: 'https://app.example' };
    expect((await askRaw(url, { headers: origin })).headers['access-control-allow-origin']).toBe(
      'https://app.example',
    );
    const asked = {
      ...origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-a',
    };
    const preflight = await askRaw(url, { method: 'OPTIONS', headers: asked });
    expect(preflight).toMatchObject({ status: 204 });
    expect(preflight.headers['access-control-allow-headers']).toBe('x-a');

    const closed = await startReplay(FIVE, { cors: false });
    const own = await askRaw(closed.url, { headers: origin });
    expect(own.headers).not.toHaveProperty('access-control-allow-origin');
    expect((await askRaw(closed.url, { headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it('says that a port is in use', async () => {
    const { url } = await startReplay(FIVE);
    const port = Number(new URL(url).port);
    await expect(startReplay(FIVE, { port })).rejects.toThrow(`Port ${port} is in use`);
  });

  it('waits for a client that does not read, and holds little meanwhile', async () => {
    const reads = Array.from(
      { length: 400 },
      (_, at) => [0, `data: ${at} ${'x'.repeat(64 * 1024)}\n\n`] as const,
    );
    const { url, server } = await startReplay([{ reads }]);
    const response = await fetch(url);
    const stream = response.body?.getReader();
    await stream?.read();
    await vi.waitFor(() => expect(server.clients()[0]?.sentBytes).toBeGreaterThan(64 * 1024));
    let before = -1;
    // Resolves when it stands still.
    await vi.waitFor(
      () => {
        const { sentBytes = 0 } = server.clients()[0] ?? {};
        const moved = sentBytes !== before;
        before = sentBytes;
        expect(moved).toBe(false);
      },
      { interval: 100 },
    );
    expect(before).toBeLessThan(400 * 64 * 1024);
    await stream?.cancel();
  });
});
