import zlib from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { compressedPart, type Compressor } from '../../support/compressed-part.ts';
import { cleanUp, connected, serve } from './bench.ts';
import { type RawCall } from './raw-server.ts';

afterEach(cleanUp);

const head = (encoding: string) =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: ${encoding}\r\n\r\n`;

const brotliFlush = { flush: zlib.constants.BROTLI_OPERATION_FLUSH };

/** Only newer runtimes have zstd. */
const { createZstdCompress } = zlib as { createZstdCompress?: () => Compressor };
const zstd: [string, () => Compressor][] = createZstdCompress ? [['zstd', createZstdCompress]] : [];

describe.each<[string, () => Compressor]>([
  ['gzip', () => zlib.createGzip()],
  ['x-gzip', () => zlib.createGzip()],
  ['br', () => zlib.createBrotliCompress(brotliFlush)],
  ['deflate', () => zlib.createDeflate()],
  ['deflate, raw', () => zlib.createDeflateRaw()],
  ...zstd,
])('a body in %s', (name, create) => {
  const encoding = name.replace(', raw', '');

  it('is decoded event by event, while the stream is open', async () => {
    const server = await serve((call) => call.write(head(encoding)));
    const bench = connected(server.origin);
    const call = await server.call(1);
    const compressor = create();
    let wireBytes = 0;
    for (const number of [1, 2, 3]) {
      const bytes = await compressedPart(compressor, `data: ${number} …\n\n`);
      wireBytes += bytes.length;
      call.write(bytes);
      await bench.untilEvents(number);
    }
    const { packed } = await bench.until((status) => status.packed?.wireBytes === wireBytes);
    expect(packed?.bodyBytes).toBe(bench.log.wireBytes);
    bench.stop();
    const [end] = await bench.journal('attempt-end');
    expect(end).toMatchObject({ how: 'stopped', wireBytes, bodyBytes: bench.log.wireBytes });
    expect(await bench.text()).toBe('data: 1 …\n\ndata: 2 …\n\ndata: 3 …\n\n');
  });

  it('is whole when it ended properly, however it is cut', async () => {
    const text = Array.from({ length: 500 }, (_, at) => `data: ${at}\n\n`).join('');
    const compressor = create();
    const parts: Buffer[] = [];
    compressor.on('data', (bytes: Buffer) => parts.push(bytes));
    await new Promise<void>((resolve) => compressor.end(text, () => compressor.once('end', () => resolve())));
    const body = Buffer.concat(parts);
    const server = await serve((call) => {
      call.write(head(encoding));
      for (const byte of body) call.write(Uint8Array.of(byte));
      call.end();
    });
    const bench = connected(server.origin, { method: 'POST' });
    expect(await bench.outcome).toBe('ended');
    expect(await bench.text()).toBe(text);
    expect(await bench.journal('attempt-end')).toMatchObject([
      { how: 'end-of-stream', wireBytes: body.length, bodyBytes: text.length },
    ]);
  });
});

it('undoes stacked encodings in reverse', async () => {
  const text = 'data: both\n\n';
  const server = await serve((call) => {
    call.write(head('gzip, br'));
    call.end(zlib.brotliCompressSync(zlib.gzipSync(text)));
  });
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('ended');
  expect(await bench.text()).toBe(text);
});

it.each(['none', 'identity', 'zebra', ''])(
  'takes Content-Encoding "%s" for no encoding',
  async (encoding) => {
    const server = await serve((call) => call.write(`${head(encoding)}data: a\n\n`));
    const bench = connected(server.origin);
    await bench.untilEvents(1);
    expect(await bench.text()).toBe('data: a\n\n');
  },
);

it('decodes what came before a reset and then tells the reset', async () => {
  const server = await serve((call) => call.write(head('gzip')));
  const bench = connected(server.origin, { method: 'POST' });
  const call = await server.call(1);
  call.write(await compressedPart(zlib.createGzip(), 'data: a\n\n'));
  await bench.untilEvents(1);
  call.reset();
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure?.code).toBe('reset');
});

const brokenOff = (call: RawCall, bytes: Uint8Array) => {
  call.write(head('gzip'));
  call.end(bytes);
};

it('types compressed data that is cut short as truncated, and keeps what could be decoded', async () => {
  const part = await compressedPart(zlib.createGzip(), 'data: a\n\n');
  const server = await serve((call) => brokenOff(call, part));
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'truncated', cause: 'Z_BUF_ERROR' });
  expect(await bench.text()).toBe('data: a\n\n');
});

it('types damaged compressed data as a fault of the encoding', async () => {
  const server = await serve((call) => brokenOff(call, Buffer.from('data: not gzip\n\n')));
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'content-encoding', cause: 'Z_DATA_ERROR' });
  expect(bench.status.reason).toContain('Accept-Encoding: identity');
});

it('a body without a byte is no damaged gzip', async () => {
  const server = await serve((call) => call.end(head('gzip')));
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('ended');
});

it('reads on after a pause in the middle of what one read decodes to', async () => {
  const text = `data: ${'x'.repeat(4 * 1024 * 1024)}\n\n`;
  const server = await serve((call) => {
    call.write(head('gzip'));
    call.end(zlib.gzipSync(text));
  });
  const bench = connected(server.origin, { method: 'POST' });
  expect(await bench.outcome).toBe('ended');
  expect(bench.log.wireBytes).toBe(text.length);
});
