/** Servers and networks that break, over real sockets: each fault is named, and the policy decides what follows. */
import net from 'node:net';
import zlib from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/shared/connection/limits.ts';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { compressedPart } from '../../support/compressed-part.ts';
import { cleanUp, connected, serve } from './bench.ts';
import { chunked, CHUNKED_HEAD, headerOf, STREAM_HEAD } from './raw-server.ts';

afterEach(cleanUp);

const SLOW = { ...DEFAULT_RECONNECT, initialDelayMs: 60_000 };
const MIB = 1024 * 1024;
const LONG_EVENT = `data: ${'x'.repeat(64 * 1024)}\n\n`;
const EVENT = 'id: 5\ndata: a\n\n';
const lengthHead = (length: number) =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: ${length}\r\n\r\n`;
const encodedHead = (encoding: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: ${encoding}\r\n\r\n`;

describe('#61 truncated-body', () => {
  it.each([
    ['a chunked body without its end', CHUNKED_HEAD + chunked(EVENT), /closed the connection in the middle/],
    [
      'a chunk that is shorter than it says',
      `${CHUNKED_HEAD}40\r\n${EVENT}`,
      /closed the connection in the middle/,
    ],
    ['a bad chunk size', `${CHUNKED_HEAD}${chunked(EVENT)}zebra\r\n`, /not valid HTTP/],
    ['a negative chunk size', `${CHUNKED_HEAD}${chunked(EVENT)}-5\r\n`, /not valid HTTP/],
    [
      'a chunk size beyond all numbers',
      `${CHUNKED_HEAD}${chunked(EVENT)}${'f'.repeat(40)}\r\n`,
      /not valid HTTP/,
    ],
    ['a body that is shorter than its Content-Length', lengthHead(100) + EVENT, /./],
  ])('%s: what came is kept, the fault is named, and it connects again', async (_what, bytes, message) => {
    const server = await serve((call) => (call.number === 1 ? call.end(bytes) : call.write(STREAM_HEAD)));
    const bench = connected(server.origin);
    const again = await server.call(2);
    expect(headerOf(again, 'last-event-id')).toBe('5');
    expect(bench.log.counts.events).toBe(1);
    const [end] = await bench.journal('attempt-end');
    expect(end).toMatchObject({ how: 'failed', failure: { code: 'truncated' } });
    expect(end?.failure?.message).toMatch(message);
    expect(await bench.journal('connection-closed')).toEqual([]);
  });

  it('a reset: what came is kept, and it connects again', async () => {
    const server = await serve((call) => call.write(CHUNKED_HEAD + chunked(EVENT)));
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    (await server.call(1)).reset();
    const again = await server.call(2);
    expect(headerOf(again, 'last-event-id')).toBe('5');
    expect(await bench.journal('attempt-end')).toMatchObject([{ how: 'failed', failure: { code: 'reset' } }]);
  });

  it('a reset before the head, and a close before it', async () => {
    const server = await serve((call) => {
      if (call.number === 1) call.reset();
      else if (call.number === 2) call.end();
      else if (call.number === 3) call.end('HTTP/1.1 200 OK\r\nContent-');
      else call.write(STREAM_HEAD);
    });
    const bench = connected(server.origin);
    await server.call(4);
    const ends = await bench.journal('attempt-end');
    expect(ends.map(({ failure }) => failure?.code)).toEqual(['reset', 'reset', 'reset']);
    for (const { failure } of ends) expect(failure?.message).toContain("Look at the server's log");
  });
});

describe('a name that cannot be found', () => {
  it('is said, and asked for again like any failure of the network', async () => {
    const bench = connected('http://nobody-has-this-name.invalid/', { reconnect: SLOW });
    const { failure, reason } = await bench.until((status) => status.state === 'waiting');
    expect(failure).toMatchObject({ code: 'dns' });
    expect(reason).toContain('nobody-has-this-name.invalid');
    expect(reason).toMatch(/Check the (?:spelling|network)/);
  });
});

describe('redirects', () => {
  it.each(['Location: \r\n', ''])(
    '#56 redirect-no-location: "%s" is a failure that says so, and no loop',
    async (location) => {
      const server = await serve((call) =>
        call.write(`HTTP/1.1 302 Found\r\n${location}Content-Length: 0\r\n\r\n`),
      );
      const bench = connected(server.origin);
      expect(await bench.outcome).toBe('failed');
      expect(bench.status.failure).toMatchObject({ code: 'redirect' });
      expect(bench.status.reason).toContain('no Location header');
      expect(server.calls).toHaveLength(1);
    },
  );

  it('#56 redirect-loop: A to B to A is found at the second visit', async () => {
    const server = await serve((call) => {
      const to = call.line.includes('/a') ? '/b' : '/a';
      call.write(`HTTP/1.1 307 Again\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`);
    });
    const bench = connected(`${server.origin}/a`);
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.failure).toMatchObject({ code: 'redirect' });
    expect(bench.status.reason).toContain('round in a circle');
    expect(server.calls).toHaveLength(2);
  });

  it('#56 redirect-loop: one that counts up ends after 20', async () => {
    const server = await serve((call) =>
      call.write(`HTTP/1.1 302 Found\r\nLocation: /${call.number}\r\nContent-Length: 0\r\n\r\n`),
    );
    const bench = connected(server.origin);
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.reason).toContain('more than 20 times');
    expect(server.calls).toHaveLength(21);
  });
});

it.each([
  ['U+0001', 'a\u0001b'],
  ['U+000C', 'a\fb'],
  ['U+007F', 'a\u007f'],
])(
  '#21 id-unsendable: an id with %s is left out of the header, said, and nothing loops',
  async (code, id) => {
    const server = await serve((call) =>
      call.number === 1 ? call.end(`${STREAM_HEAD}id: ${id}\ndata: a\n\n`) : call.write(STREAM_HEAD),
    );
    const bench = connected(server.origin);
    const again = await server.call(2);
    expect(headerOf(again, 'last-event-id')).toBeUndefined();
    await bench.until((status) => status.state === 'open');
    const [, second] = await bench.journal('attempt-start');
    expect(second?.lastEventId).toBe('');
    expect(second?.why).toContain(`The last event ID was not sent: it contains ${code}`);
    expect(bench.status.lastEventId).toBe(id);
    expect(server.calls).toHaveLength(2);
  },
);

it('a slow trickle: head and body byte by byte are an event like any other', async () => {
  const bytes = CHUNKED_HEAD + chunked('data: slow', ' …\n\n');
  const server = await serve(() => {});
  const bench = connected(server.origin);
  const call = await server.call(1);
  for (const byte of Buffer.from(bytes)) {
    call.write(Uint8Array.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await bench.untilEvents(1);
  expect(await bench.text()).toBe('data: slow …\n\n');
});

it('#60 proxy-buffering: events that come in one burst have the arrival of the burst, each burst its own', async () => {
  const server = await serve((call) => call.write(STREAM_HEAD));
  const bench = connected(server.origin);
  const call = await server.call(1);
  call.write(EVENT.repeat(3));
  await bench.untilEvents(3);
  call.write(EVENT.repeat(2));
  await bench.untilEvents(5);
  const reads = await bench.log.readsIn(0, bench.log.wireBytes);
  expect(reads.map(({ length }) => length / EVENT.length)).toEqual([3, 2]);
  expect(reads[1]?.atMs).toBeGreaterThan(reads[0]?.atMs ?? Infinity);
});

describe('compression', () => {
  it('#58 gzip: an event that was flushed is seen at once, and both sizes are counted', async () => {
    const server = await serve((call) => call.write(encodedHead('gzip')));
    const bench = connected(server.origin);
    const call = await server.call(1);
    const part = await compressedPart(zlib.createGzip(), 'data: a\n\n');
    call.write(part);
    await bench.untilEvents(1);
    bench.stop();
    const [end] = await bench.journal('attempt-end');
    expect(end).toMatchObject({ wireBytes: part.length, bodyBytes: 9 });
  });

  it('#59 content-encoding-none: is identity', async () => {
    const server = await serve((call) => call.write(`${encodedHead('none')}${EVENT}`));
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    expect(await bench.text()).toBe(EVENT);
  });

  it.each([
    ['gzip', (body: Buffer) => zlib.gzipSync(body)],
    ['gzip, gzip', (body: Buffer) => zlib.gzipSync(zlib.gzipSync(body))],
    ['gzip, gzip, br', (body: Buffer) => zlib.brotliCompressSync(zlib.gzipSync(zlib.gzipSync(body)))],
  ])(
    'a decompression bomb in %s meets the limit, with what to do about it, for good',
    async (encoding, pack) => {
      const bomb = pack(Buffer.alloc(64 * MIB, LONG_EVENT));
      const server = await serve((call) =>
        call.end(Buffer.concat([Buffer.from(encodedHead(encoding)), bomb])),
      );
      const bench = connected(server.origin, {
        limits: { ...DEFAULT_LIMITS, maxInflation: 20, maxInflatedReadBytes: 32 * MIB },
      });
      expect(await bench.outcome).toBe('failed');
      expect(bench.status.failure).toMatchObject({ code: 'decompression' });
      expect(bench.status.reason).toContain(`(${encoding}) was cut off`);
      expect(bench.status.reason).toContain('raise the limit under Limits');
      expect(bench.log.wireBytes).toBeLessThanOrEqual(48 * MIB);
      expect(server.calls).toHaveLength(1);
    },
  );

  it('a bomb that comes slowly, read by read, meets the limit too', async () => {
    const server = await serve((call) => call.write(encodedHead('gzip')));
    const bench = connected(server.origin, { limits: { ...DEFAULT_LIMITS, maxInflation: 100 } });
    const call = await server.call(1);
    const compressor = zlib.createGzip();
    while (bench.status.failure === null) call.write(await compressedPart(compressor, LONG_EVENT.repeat(16)));
    expect(await bench.outcome).toBe('failed');
    expect(bench.status.failure).toMatchObject({ code: 'decompression' });
    expect(bench.log.wireBytes).toBeLessThan(32 * MIB);
  });
});

it('an answer that is not HTTP is said to be none', async () => {
  const server = net.createServer((socket) => void socket.on('error', () => {}).end('SSH-2.0-OpenSSH\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const bench = connected(`http://127.0.0.1:${port}/`, { reconnect: SLOW });
  const { reason } = await bench.until((status) => status.state === 'waiting');
  bench.stop();
  server.close();
  expect(reason).toContain('is not HTTP');
  expect(reason).toContain('Check http or https, and the port');
});
