/** The HTTP rules of web-platform-tests `eventsource/`, over real sockets. Each case of the list must be known here. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_RECONNECT } from '../../../src/shared/connection/types.ts';
import { cleanUp, connected, serve, type Bench } from './bench.ts';
import { headerOf, type RawCall } from './raw-server.ts';

const FILE = resolve(import.meta.dirname, '../../../../shared/fixtures/sse/wpt-http-cases.json');

interface Answer {
  readonly status?: number;
  readonly contentType?: string;
  readonly location?: string;
  readonly body?: string;
  readonly delayMs?: number;
  readonly echoLastEventId?: boolean;
}

interface HttpCase {
  readonly name: string;
  readonly response?: Answer;
  readonly connections?: readonly Answer[];
  readonly url?: string;
  readonly expect?: string;
  readonly expectRequest?: Readonly<Record<string, string>>;
  readonly expectRequestHex?: Readonly<Record<string, string>>;
}

/** Cases that the list only names; what their servers send is written here from their description. */
const UNWRITTEN: Readonly<Record<string, readonly Answer[]>> = {
  'wpt/eventsource-close': [{ body: 'data: a\n\n' }],
  'wpt/format-field-id-2': [
    { body: 'id: …\nretry: 1\ndata: hello\n\n' },
    { echoLastEventId: true },
    { echoLastEventId: true },
  ],
  'wpt/format-field-id-null': [
    { body: 'id: \u0000\u0000\nretry: 1\ndata: hello\n\n' },
    { echoLastEventId: true },
  ],
  'wpt/format-data-before-final-empty-line': [
    { body: 'retry:1000\ndata:test1\n\nid:test\ndata:test2' },
    { echoLastEventId: true },
  ],
};

/** Nothing to test: Streamscope keeps no cookies. */
const NOT_APPLICABLE = new Set(['wpt/request-credentials']);

afterEach(cleanUp);

function reply(call: RawCall, answer: Answer): void {
  const echo = `data: ${Buffer.from(headerOf(call, 'last-event-id') ?? '', 'latin1').toString()}\n\n`;
  const head = [
    `HTTP/1.1 ${answer.status ?? 200} Status`,
    `Content-Type: ${answer.contentType ?? 'text/event-stream'}`,
    ...(answer.location === undefined ? [] : [`Location: ${answer.location}`]),
    'Connection: close',
  ];
  call.end(`${head.join('\r\n')}\r\n\r\n${answer.echoLastEventId ? echo : (answer.body ?? '')}`);
}

/** Answers the calls in turn; after the last answer the stream stays open. */
function serveInTurn(answers: readonly Answer[]) {
  return serve((call) => {
    const answer = answers[call.number - 1];
    if (answer) reply(call, answer);
    else call.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n');
  });
}

async function isClosedForGood(bench: Bench, calls: readonly RawCall[]): Promise<void> {
  expect(await bench.outcome).toBe('failed');
  expect(bench.status.state).toBe('failed');
  expect(bench.log.counts.events).toBe(0);
  expect(calls.length).toBeLessThanOrEqual(1);
}

async function runAnswer(wpt: HttpCase, answer: Answer): Promise<void> {
  if (answer.location !== undefined) {
    const server = await serve((call) =>
      call.line.includes(answer.location ?? '') ? reply(call, { body: 'data: a\n\n' }) : reply(call, answer),
    );
    const bench = connected(`${server.origin}/start`);
    await bench.untilEvents(1);
    expect(bench.statuses.map((status) => status.failure)).not.toContainEqual(expect.anything());
    return;
  }
  if (answer.delayMs !== undefined) {
    const server = await serve(() => {});
    const bench = connected(server.origin);
    const call = await server.call(1);
    bench.stop();
    reply(call, answer);
    await call.closed.passed;
    expect(bench.statuses.map((status) => status.state)).toEqual(['connecting', 'closed']);
    expect(bench.log.counts.events).toBe(0);
    return;
  }
  const server = await serveInTurn([answer]);
  const bench = connected(server.origin, { readAs: 'sse-only' });
  if ((wpt.expect ?? '').includes('CLOSED')) return isClosedForGood(bench, server.calls);
  await bench.until((status) => status.state === 'open');
  if (answer.body === undefined) return;
  await bench.untilEvents(1);
  expect(await bench.text()).toBe(answer.body);
}

async function runConnections(wpt: HttpCase, answers: readonly Answer[]): Promise<void> {
  const delayMs = /(\d+) ms/.exec(wpt.expect ?? '')?.[1];
  const server = await serveInTurn(answers);
  const bench = connected(server.origin, {
    reconnect: { ...DEFAULT_RECONNECT, initialDelayMs: 1, floorMs: 1 },
  });
  if (delayMs !== undefined && !wpt.expect?.startsWith('message')) {
    await bench.until((status) => status.state === 'waiting');
    expect(bench.status.waiting).toMatchObject({ delayMs: Number(delayMs), source: 'server-retry' });
    bench.service.reconnectNow('bench');
  }
  const events = answers.filter(
    (answer) => answer.echoLastEventId || /^data/m.test(answer.body ?? ''),
  ).length;
  await bench.untilEvents(events);
  const last = answers.length;
  if (answers[last - 1]?.status === 204) {
    expect(await bench.outcome).toBe('failed');
    expect(server.calls).toHaveLength(last);
  } else {
    await server.call(last);
  }
  const sent = server.calls
    .slice(1, last)
    .map((call) => Buffer.from(headerOf(call, 'last-event-id') ?? '', 'latin1').toString());
  const text = await bench.text();
  if (wpt.name.endsWith('format-field-id-2')) expect(sent).toEqual(['…', '…']);
  if (/id-null|before-final/.test(wpt.name)) expect(sent).toEqual(['']);
  if (wpt.expectRequestHex) {
    const hex = wpt.expectRequestHex['last-event-id'];
    expect(sent.map((id) => Buffer.from(id).toString('hex'))).toEqual([hex]);
    expect(text).toContain('data: …\n\n');
  }
}

async function runUrl(url: string): Promise<void> {
  const bench = connected(url);
  await isClosedForGood(bench, []);
  expect(bench.status.failure?.code).toBe('invalid-request');
}

async function runRequest(headers: Readonly<Record<string, string>>): Promise<void> {
  const server = await serveInTurn([{}, {}]);
  connected(server.origin);
  await server.call(2);
  for (const call of server.calls)
    for (const [name, value] of Object.entries(headers)) expect(headerOf(call, name)).toBe(value);
}

describe.skipIf(!existsSync(FILE))('web-platform-tests over sockets', () => {
  const cases = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as readonly HttpCase[]) : [];
  for (const wpt of cases) {
    it.skipIf(NOT_APPLICABLE.has(wpt.name))(wpt.name, async () => {
      const connections = wpt.connections ?? UNWRITTEN[wpt.name];
      if (wpt.url !== undefined) return runUrl(wpt.url);
      if (wpt.expectRequest) return runRequest(wpt.expectRequest);
      if (wpt.response) return runAnswer(wpt, wpt.response);
      if (connections) return runConnections(wpt, connections);
      expect.fail('this case is not known to the runner');
    });
  }
});
