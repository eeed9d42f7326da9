/** Clients that others wrote, through a tap: each sees what it sees without. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import Anthropic from '@anthropic-ai/sdk';
import { LLMock } from '@copilotkit/aimock';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { EventSource } from 'eventsource';
import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { startSseServer } from '../../support/sse-server.ts';
import { startTapStage, type TapStage } from '../../support/tap-stage.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function tapTo(origin: string): Promise<TapStage & { readonly origin: string }> {
  const stage = await startTapStage(origin);
  open.push(stage);
  return { ...stage, origin: `http://127.0.0.1:${stage.port}` };
}

const ANSWER = 'The quick brown fox — 狐 — jumps over the lazy dog.';

async function startMock(): Promise<string> {
  const mock = new LLMock({ port: 0, host: '127.0.0.1', chunkSize: 7 });
  mock.onMessage('hello', { content: ANSWER });
  const origin = await mock.start();
  open.push({ close: () => mock.stop() });
  return origin;
}

test('the OpenAI client streams and asks for a whole answer', async () => {
  const origin = await startMock();
  const tap = await tapTo(origin);
  const ask = async (base: string) => {
    const client = new OpenAI({ apiKey: 'sk-test-openai-1234', baseURL: `${base}/v1`, maxRetries: 0 });
    const messages = [{ role: 'user' as const, content: 'hello' }];
    const stream = await client.chat.completions.create({ model: 'gpt-4o', messages, stream: true });
    let text = '';
    const finishes: unknown[] = [];
    for await (const { choices } of stream) {
      text += choices[0]?.delta.content ?? '';
      finishes.push(choices[0]?.finish_reason ?? null);
    }
    const whole = await client.chat.completions.create({ model: 'gpt-4o', messages });
    return { text, finishes, whole: whole.choices[0]?.message.content };
  };
  const tapped = await ask(tap.origin);
  expect(tapped).toEqual(await ask(origin));
  expect(tapped).toMatchObject({ text: ANSWER, whole: ANSWER });

  const streamed = await tap.recorded(0);
  expect(streamed.wire).toContain('data: [DONE]');
  expect(streamed.journal[0]).toMatchObject({ kind: 'attempt-start', method: 'POST' });
  expect(JSON.stringify(streamed.journal)).toContain('hello');
  expect(JSON.stringify(streamed.journal)).not.toContain('sk-test-openai-1234');
  const answered = await tap.recorded(1);
  expect(JSON.parse(answered.wire)).toMatchObject({ object: 'chat.completion' });
});

test('the Anthropic client streams', async () => {
  const origin = await startMock();
  const tap = await tapTo(origin);
  const ask = async (baseURL: string) => {
    const client = new Anthropic({ apiKey: 'sk-ant-test-5678', baseURL, maxRetries: 0 });
    const stream = client.messages.stream({
      model: 'claude-sonnet-4-5',
      max_tokens: 99,
      messages: [{ role: 'user', content: 'hello' }],
    });
    const kinds: string[] = [];
    stream.on('streamEvent', (event) => kinds.push(event.type));
    const { content, stop_reason } = await stream.finalMessage();
    return { kinds, content, stop_reason };
  };
  const tapped = await ask(tap.origin);
  expect(tapped).toEqual(await ask(origin));
  expect(tapped.content).toMatchObject([{ type: 'text', text: ANSWER }]);
  const { journal } = await tap.recorded();
  expect(JSON.stringify(journal)).not.toContain('sk-ant-test-5678');
});

test('the eventsource package reconnects with its Last-Event-ID', async () => {
  const server = await startSseServer({
    '/events': async (call) => {
      await call.write(`retry: 1\nid: ${call.number}\nevent: goal\ndata: ${call.number}é\n\n`);
      if (call.number === 1) call.cut();
    },
  });
  open.push({ close: () => server.stop() });
  const tap = await tapTo(server.origin);
  const source = new EventSource(`${tap.origin}/events`);
  const seen: string[] = [];
  await new Promise<void>((resolve) =>
    source.addEventListener('goal', (event) => {
      seen.push(`${event.lastEventId}:${String(event.data)}`);
      if (seen.length === 2) resolve();
    }),
  );
  source.close();
  expect(seen).toEqual(['1:1é', '2:2é']);
  expect(server.requests.map(({ lastEventId }) => lastEventId)).toEqual(['', '1']);
  const first = await tap.recorded(0);
  expect(first.journal.at(-2)).toMatchObject({
    kind: 'attempt-end',
    how: 'failed',
    failure: { code: 'truncated' },
  });
  const second = await tap.recorded(1);
  expect(second.journal[0]).toMatchObject({ lastEventId: '1' });
});

/** A server by the SDK of MCP, one session, answers as event streams. */
async function startMcp(): Promise<string> {
  const mcp = new McpServer({ name: 'tides', version: '1' });
  mcp.registerTool('tide_table', { description: 'Tides' }, () => ({
    content: [{ type: 'text', text: 'high at 04:12 é' }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => 'session-1' });
  await mcp.connect(transport);
  const server = createServer((request, response) => void transport.handleRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    async close() {
      await mcp.close();
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the MCP client initializes and calls a tool', async () => {
  const call = async (base: string) => {
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${base}/mcp`)));
    const result = await client.callTool({ name: 'tide_table', arguments: {} });
    const { tools } = await client.listTools();
    await client.close();
    return { result, tools, server: client.getServerVersion() };
  };
  const tap = await tapTo(await startMcp());
  const tapped = await call(tap.origin);
  expect(tapped.result).toMatchObject({ content: [{ text: 'high at 04:12 é' }] });
  expect(tapped).toEqual(await call(await startMcp()));
  const { wire, journal } = await tap.recorded(0);
  expect(wire).toContain('"protocolVersion"');
  expect(JSON.stringify(journal[0])).toContain('initialize');
});

test('curl gets the same bytes: compressed, from a file, with its trace of the head', async () => {
  const server = await startSseServer({
    '/zipped': async (call) => {
      call.head({ encoding: 'gzip' });
      await call.write('data: one\n\n');
      await call.write('data: two é\n\n');
      call.end();
    },
  });
  open.push({ close: () => server.stop() });
  const tap = await tapTo(server.origin);
  const curl = async (origin: string) => {
    const args = [
      '-sS',
      '-N',
      '-i',
      '-H',
      'Accept-Encoding: gzip',
      '--data-binary',
      'x=1',
      `${origin}/zipped`,
    ];
    const { stdout } = await promisify(execFile)('curl', args, { encoding: 'buffer' });
    return stdout.toString('latin1').replace(/^Date: .*$/m, 'Date: now');
  };
  const tapped = await curl(tap.origin);
  expect(tapped).toBe(await curl(server.origin));
  expect(tapped).toMatch(/content-encoding: gzip/i);
  const { wire, journal } = await tap.recorded();
  expect(wire).toBe('data: one\n\ndata: two é\n\n');
  expect(journal[0]).toMatchObject({ body: 'x=1' });
});
