/** What rules do to a response that passes: to the client, and in the marks of the session, which holds what the server sent. */
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { TapAction, TapRule } from '../../../src/shared/tap/tap-rule.ts';
import { connectRaw } from '../../support/raw-client.ts';
import { startTapStage, type TapStage } from '../../support/tap-stage.ts';
import { headerOf, startRawServer, type RawCall } from '../connections/raw-server.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function rule(action: TapAction, filter = '', more: Partial<TapRule> = {}): TapRule {
  return { id: `r-${action.kind}-${filter}`, enabled: true, path: '', filter, times: 0, action, ...more };
}

async function stageWith(rules: readonly TapRule[], answer: (call: RawCall) => void = () => {}) {
  const server = await startRawServer(answer);
  open.push(server);
  const stage = await startTapStage(server.origin, { rules });
  open.push(stage);
  return { server, stage };
}

const GET = 'GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n';
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Kept: yes\r\n';
const BODY = ': hi\r\nevent: ping\rdata: 1\r\r\ndata: secret é\n\n\ndata: three\n\ndata: tail';

/** The body without its chunks. */
function bodyOf(received: Buffer): string {
  const at = received.indexOf('\r\n\r\n') + 4;
  const parts: Buffer[] = [];
  for (let from = at; from < received.length;) {
    const end = received.indexOf('\r\n', from);
    const size = Number.parseInt(received.subarray(from, end).toString(), 16);
    if (size === 0) break;
    parts.push(received.subarray(end + 2, end + 2 + size));
    from = end + 2 + size + 2;
  }
  return Buffer.concat(parts).toString();
}

async function pass(stage: TapStage): Promise<Buffer> {
  const client = connectRaw(stage.port);
  client.send(GET);
  await client.closed;
  return client.received;
}
const marks = async (stage: TapStage) =>
  (await stage.recorded()).journal.flatMap((entry) => (entry.kind === 'tap-mark' ? [entry] : []));

const endsWithLength = (call: RawCall) =>
  call.end(`${HEAD}Content-Length: ${Buffer.byteLength(BODY)}\r\nConnection: close\r\n\r\n${BODY}`);

test('frames that no rule touches go on byte for byte, also in odd line ends', async () => {
  const { server, stage } = await stageWith([rule({ kind: 'drop' }, 'type:nothing')], endsWithLength);
  const received = await pass(stage);
  expect(bodyOf(received)).toBe(BODY);
  const head = received.toString('latin1').split('\r\n\r\n')[0] ?? '';
  expect(head).toContain('X-Kept: yes');
  expect(head).not.toContain('Content-Length');
  expect(headerOf(await server.call(1), 'accept-encoding')).toBe('identity');
  expect((await marks(stage)).map(({ what }) => what)).toEqual(['identity-asked', 'reframed']);
});

test('drops and edits what matches; the session has what the server sent', async () => {
  const rules = [
    rule({ kind: 'drop' }, 'type:ping'),
    rule({ kind: 'edit', find: 'secret', replace: 'public' }),
  ];
  const { stage } = await stageWith(rules, endsWithLength);
  const received = await pass(stage);
  expect(bodyOf(received)).toBe(': hi\r\ndata: public é\n\n\ndata: three\n\ndata: tail');
  const { wire } = await stage.recorded();
  expect(wire).toBe(BODY);
  const changes = (await marks(stage)).filter(({ event }) => event !== null);
  expect(changes).toMatchObject([
    { what: 'dropped', event: 1, message: 'Event 1 was dropped by rule 1 (type:ping).' },
    { what: 'edited', event: 2, sent: 'data: public é\n\n' },
  ]);
});

test('a compressed answer goes on decoded, and that is said', async () => {
  const zipped = gzipSync(BODY);
  const { stage } = await stageWith([rule({ kind: 'edit', find: 'three', replace: '3' })], (call) => {
    call.write(
      `${HEAD}Content-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\nConnection: close\r\n\r\n`,
    );
    call.end(zipped);
  });
  const received = await pass(stage);
  expect(bodyOf(received)).toBe(BODY.replace('three', '3'));
  expect(received.toString('latin1')).not.toMatch(/content-encoding/i);
  expect((await marks(stage)).map(({ what }) => what)).toContain('decoded');
});

test('holds an event, and what is behind it, until it is let go, edited or dropped', async () => {
  const { server, stage } = await stageWith([rule({ kind: 'hold' }, 'hold')]);
  const client = connectRaw(stage.port);
  client.send(GET);
  const call = await server.call(1);
  call.write(`${HEAD}\r\ndata: before\n\ndata: hold 1\n\ndata: behind\n\n`);
  await client.until('data: before\n\n');
  await stage.until(() => stage.tap.held.count === 1);
  const [held] = stage.tap.held.list();
  expect(held).toMatchObject({ text: 'data: hold 1\n\n', type: 'message', path: '/events' });
  expect(client.received.toString()).not.toContain('behind');
  stage.tap.held.decide(held?.id ?? 0, { kind: 'edit', text: 'data: other\n\n' });
  await client.until('behind');
  expect(client.received.toString()).toContain('data: other\n\n');

  call.write('data: hold 2\n\n');
  await stage.until(() => stage.tap.held.count === 1);
  stage.tap.held.decide(stage.tap.held.list()[0]?.id ?? 0, { kind: 'drop' });
  call.write('data: hold 3\n\n');
  await stage.until(() => stage.tap.held.list()[0]?.text === 'data: hold 3\n\n');
  // The server ends; what is held still goes to the client.
  call.end();
  await call.closed.passed;
  stage.tap.held.decide(stage.tap.held.list()[0]?.id ?? 0, { kind: 'release' });
  await client.closed;
  expect(client.received.toString()).toContain('data: hold 3\n\n');
  expect(client.received.toString()).not.toContain('hold 2');
  const whats = (await marks(stage))
    .filter(({ event }) => event !== null)
    .map(({ what, event }) => [what, event]);
  expect(whats).toEqual([
    ['held', 2],
    ['edited', 2],
    ['held', 4],
    ['dropped', 4],
    ['held', 5],
    ['released', 5],
  ]);
});

test('delays an event, and keeps the order', async () => {
  const { server, stage } = await stageWith([rule({ kind: 'delay', delayMs: 60 }, 'slow')]);
  const client = connectRaw(stage.port);
  client.send(GET);
  const call = await server.call(1);
  const before = performance.now();
  call.write(`${HEAD}\r\ndata: slow\n\ndata: behind\n\n`);
  await client.until('behind');
  expect(performance.now() - before).toBeGreaterThanOrEqual(59);
  expect(client.received.toString().indexOf('slow')).toBeLessThan(
    client.received.toString().indexOf('behind'),
  );
});

test('closes the connection behind the second event that matches', async () => {
  const { server, stage } = await stageWith([rule({ kind: 'cut', afterEvents: 2, how: 'end' }, 'token')]);
  const client = connectRaw(stage.port);
  client.send(GET);
  const call = await server.call(1);
  call.write(`${HEAD}\r\ndata: token 1\n\ndata: other\n\ndata: token 2\n\ndata: token 3\n\n`);
  await client.closed;
  await call.closed.passed;
  expect(client.error).toBe('');
  expect(client.received.toString()).toMatch(/token 2\n\n\r\n$/);
  const { journal } = await stage.recorded();
  expect(journal.at(-2)).toMatchObject({ kind: 'attempt-end', how: 'stopped' });
  expect((await marks(stage)).at(-1)).toMatchObject({ what: 'cut', event: 3 });
});

test('resets the connection in place of an event', async () => {
  const cut = rule({ kind: 'cut', afterEvents: 1, how: 'reset' }, 'last');
  const { server, stage } = await stageWith([cut, rule({ kind: 'drop' }, 'last')]);
  const client = connectRaw(stage.port);
  client.send(GET);
  const call = await server.call(1);
  call.write(`${HEAD}\r\ndata: first\n\n`);
  await client.until('data: first');
  call.write('data: last\n\n');
  await client.closed;
  expect(client.error).toBe('ECONNRESET');
  expect(client.received.toString()).not.toContain('last');
});

test('answers a status in place of the server, so many times', async () => {
  const answer = rule({ kind: 'answer', status: 429, body: '{"error":"slow down"}' }, '', { times: 1 });
  const { server, stage } = await stageWith([answer], (call) =>
    call.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'),
  );
  const first = (await pass(stage)).toString();
  expect(first).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
  expect(first).toContain('\r\n\r\n{"error":"slow down"}');
  expect(server.calls).toHaveLength(0);
  expect((await pass(stage)).toString()).toMatch(/\r\n\r\nok$/);
  expect((await marks(stage))[0]).toMatchObject({ what: 'answered', sent: '{"error":"slow down"}' });
});

test('a response on another path passes untouched', async () => {
  const { server, stage } = await stageWith(
    [rule({ kind: 'drop' }, '', { path: '/other/*' })],
    endsWithLength,
  );
  const received = await pass(stage);
  expect(received.toString()).toBe(
    `${HEAD}Content-Length: ${Buffer.byteLength(BODY)}\r\nConnection: close\r\n\r\n${BODY}`,
  );
  expect(headerOf(await server.call(1), 'accept-encoding')).toBe('gzip');
  expect(await marks(stage)).toEqual([]);
});

test('the connection goes on behind a response that rules looked at', async () => {
  const { server, stage } = await stageWith([rule({ kind: 'drop' }, 'type:ping')]);
  const client = connectRaw(stage.port);
  client.send(GET);
  const call = await server.call(1);
  call.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n0\r\nX-Sum: 1\r\n\r\n`);
  await client.until('0\r\nX-Sum: 1\r\n\r\n');
  client.send(GET.replace('/events', '/again'));
  await stage.until(() => stage.tap.requests === 2);
  client.end();
  await client.closed;
});
