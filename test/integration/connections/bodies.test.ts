import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { BLANK_REQUEST } from '../../../src/shared/connection/blank-request.ts';
import { DEFAULT_LIMITS } from '../../../src/shared/connection/limits.ts';
import { DEFAULT_BODY, type BodySpec } from '../../../src/shared/connection/request-body.ts';
import { cleanUp, connected, serve, SESSION } from './bench.ts';
import { headerOf, STREAM_HEAD } from './raw-server.ts';

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'streamscope-bodies-'))));
afterAll(() => rm(folder, { recursive: true }));

afterEach(cleanUp);

const ofFile = (path: string): BodySpec => ({ ...DEFAULT_BODY, kind: 'file', path });

it('a file is streamed with its length, after a redirect too, and sent again as it is by then', async () => {
  const path = join(folder, 'body.bin');
  const bytes = Buffer.alloc(300_000, 'streamscope');
  await writeFile(path, bytes);
  const server = await serve((call) => {
    if (call.number === 1)
      call.write('HTTP/1.1 307 Temporary Redirect\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n');
    else call.write(`${STREAM_HEAD}data: ${call.number}\n\n`);
  });
  const bench = connected(server.origin, { method: 'POST', body: ofFile(path) });
  const second = await server.call(2);
  expect(second.body.equals(bytes)).toBe(true);
  expect(headerOf(second, 'content-length')).toBe('300000');
  expect(headerOf(second, 'content-type')).toBe('application/octet-stream');
  await bench.untilEvents(1);
  await writeFile(path, 'shorter');
  bench.service.reconnectNow(SESSION);
  expect((await server.call(3)).body.toString()).toBe('shorter');
  expect((await bench.journal('attempt-start'))[0]?.body).toBe(`(the bytes of ${path})`);
});

it('keeps the bytes of a file as they were sent, text or not, with secrets hidden', async () => {
  const path = join(folder, 'binary.bin');
  const bytes = Buffer.concat([Buffer.from([0, 255, 254, 13, 10]), Buffer.from('key=Zoë-sesame')]);
  await writeFile(path, bytes);
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: x\n\n`));
  const bench = connected(server.origin, {
    method: 'POST',
    body: ofFile(path),
    auth: { ...BLANK_REQUEST.auth, kind: 'bearer', bearer: { token: 'Zoë-sesame' } },
  });
  expect((await server.call(1)).body.equals(bytes)).toBe(true);
  await bench.outcome;
  expect((await bench.journal('attempt-end'))[0]?.exchange?.sent).toMatchObject({
    body: '\0\u00ff\u00fe\r\nkey=(hidden: 10 characters)',
    binary: true,
    bodyBytes: bytes.length,
  });
});

it.each([
  [10, '0123456789'],
  [9, ''],
])('with a limit of %i bytes a body of 10 is kept as %j, and its size always', async (limit, kept) => {
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: x\n\n`));
  const bench = connected(server.origin, {
    method: 'POST',
    body: { ...DEFAULT_BODY, kind: 'text', text: '0123456789' },
    limits: { ...DEFAULT_LIMITS, maxSentBytes: limit },
  });
  await bench.outcome;
  const sent = (await bench.journal('attempt-end'))[0]?.exchange?.sent;
  expect(sent).toMatchObject({ body: kept, bodyBytes: 10 });
  expect(sent?.head).toMatch(/^POST \/ HTTP\/1.1\r\n[^]*\r\n\r\n$/);
});

it('a form with files has the length of all its parts', async () => {
  const path = join(folder, 'part.txt');
  await writeFile(path, 'é');
  const server = await serve((call) => call.end(`${STREAM_HEAD}data: x\n\n`));
  const fields = [
    { name: 'a', value: 'ü', enabled: true, file: false },
    { name: 'f', value: path, enabled: true, file: true },
  ];
  const bench = connected(server.origin, {
    method: 'POST',
    body: { ...DEFAULT_BODY, kind: 'multipart', fields },
  });
  const call = await server.call(1);
  await bench.outcome;
  expect(headerOf(call, 'content-length')).toBe(String(call.body.length));
  expect(call.body.toString()).toContain(
    'filename="part.txt"\r\nContent-Type: application/octet-stream\r\n\r\né\r\n--',
  );
  expect(call.body.toString()).toMatch(/--\r\n$/);
});

it.each([
  ['is not there', 'none.bin', 'is not there'],
  ['is a folder', '.', 'is not a file'],
])('a file that %s is said before anything is sent', async (_, name, what) => {
  const server = await serve(() => undefined);
  const bench = connected(server.origin, { method: 'POST', body: ofFile(join(folder, name)) });
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.failure).toMatchObject({ code: 'invalid-request' });
  expect(bench.status.reason).toContain(what);
  expect(bench.status.reason).toContain('Choose the file again in Body');
  expect(server.calls).toEqual([]);
});
