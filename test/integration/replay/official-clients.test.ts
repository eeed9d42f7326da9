/** Clients that others wrote, against a replay: what they make of it is what was recorded, however it is cut and broken. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Anthropic from '@anthropic-ai/sdk';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { EventSource } from 'eventsource';
import OpenAI from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ReplayCut } from '../../../src/shared/replay/replay-options.ts';
import { numberedEvents, startReplay, stopReplays } from '../../support/replay-stage.ts';

afterEach(stopReplays);

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/chat', name));
const CUTS: readonly ReplayCut[] = ['reads', 'byte', 'mid-char', 'all'];
const OVERLOADED = 'faults:\n  - status: 503\n    retry-after: 0\n    attempt: 1-2\n';

/** In reads of 64 bytes, wherever that cuts. */
function inReads(bytes: Buffer): [number, Buffer][] {
  const count = Math.ceil(bytes.length / 64);
  return Array.from({ length: count }, (_, at) => [1, bytes.subarray(at * 64, at * 64 + 64)]);
}

describe('the client of OpenAI', () => {
  const bytes = fixture('openai-chat/aimock-text.sse');
  const ask = async (url: string) => {
    const client = new OpenAI({ apiKey: 'none', baseURL: new URL('/v1', url).href, logLevel: 'off' });
    const stream = client.chat.completions.stream({ model: 'any', messages: [], stream: true });
    return (await stream.finalChatCompletion()).choices[0]?.message.content;
  };

  it.each(CUTS)('reads the same answer, cut as %s, after two refusals', async (cut) => {
    const plain = await startReplay([{ reads: [[1, bytes]] }]);
    const expected = await ask(plain.url);
    expect(expected).toMatch(/\w/);
    const { url, over } = await startReplay([{ reads: inReads(bytes) }], { cut, script: OVERLOADED });
    expect(await ask(url)).toBe(expected);
    await vi.waitFor(() =>
      expect(over.map(({ status, attempt }) => [status, attempt])).toEqual([
        [503, 1],
        [503, 2],
        [200, 3],
      ]),
    );
  });

  it('is told when the body is cut off', async () => {
    const { url } = await startReplay([{ reads: inReads(bytes) }], {
      script: 'faults:\n  - truncate:\n    event: 2\n',
    });
    await expect(ask(url)).rejects.toThrow();
  });
});

describe('the client of Anthropic', () => {
  const bytes = fixture('anthropic-messages/aimock-text.sse');
  const ask = async (url: string) => {
    const client = new Anthropic({ apiKey: 'none', baseURL: new URL(url).origin, logLevel: 'off' });
    const message = await client.messages
      .stream({ model: 'any', messages: [], max_tokens: 1 })
      .finalMessage();
    return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
  };

  it.each(CUTS)('reads the same answer, cut as %s, after two refusals', async (cut) => {
    const plain = await startReplay([{ reads: [[1, bytes]] }]);
    const expected = await ask(plain.url);
    expect(expected).toMatch(/\w/);
    const { url } = await startReplay([{ reads: inReads(bytes) }], { cut, script: OVERLOADED });
    expect(await ask(url)).toBe(expected);
  });
});

describe('the eventsource package', () => {
  it('resumes after a reset, gets each event once, and is ended by 204', async () => {
    const script = `faults:
  - insert: {retry: 10}
  - reset:
    event: 3
    where: after
    attempt: 1
`;
    const { url, over } = await startReplay([{ reads: numberedEvents(6) }], { script });
    const got: string[] = [];
    const source = new EventSource(url);
    source.onmessage = ({ data, lastEventId }) => got.push(`${lastEventId} ${String(data)}`);
    await vi.waitFor(() => expect(source.readyState).toBe(EventSource.CLOSED), { timeout: 20_000 });
    expect(got).toEqual(Array.from({ length: 6 }, (_, at) => `${at + 1} event ${at + 1}`));
    expect(over.map(({ attempt, lastEventId, status }) => [attempt, lastEventId, status])).toEqual([
      [1, '', 200],
      [2, '3', 200],
      [3, '6', 204],
    ]);
  });
});

describe('curl', () => {
  const curl = (url: string) =>
    promisify(execFile)('curl', ['-sN', '--max-time', '20', url], { encoding: 'buffer' }).then(
      ({ stdout }) => ({ stdout, code: 0 }),
      (error: { stdout: Buffer; code: number }) => ({ stdout: error.stdout, code: error.code }),
    );
  const reads = numberedEvents(4);
  const whole = reads.map(([, text]) => text).join('');

  it.each(CUTS)('prints the very bytes, cut as %s', async (cut) => {
    const { url } = await startReplay([{ reads }], { cut });
    expect(await curl(url)).toEqual({ stdout: Buffer.from(whole), code: 0 });
  });

  it('tells a body without an end from one that was reset', async () => {
    const cut = await startReplay([{ reads }], {
      script: 'faults:\n  - truncate: short-length\n    event: 3\n',
    });
    const reset = await startReplay([{ reads }], { script: 'faults:\n  - reset:\n    event: 3\n' });
    // 18: partial file; 56: failure in receiving.
    expect(await curl(cut.url)).toMatchObject({ code: 18 });
    expect(await curl(reset.url)).toMatchObject({
      code: 56,
      stdout: Buffer.from(whole.slice(0, whole.indexOf('id: 3'))),
    });
  });
});

describe('the client of MCP', () => {
  it('gets the answer to its call, and resumes to get it', async () => {
    const note = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'half' } };
    const result = { jsonrpc: '2.0', id: 7, result: { content: [] } };
    const reads = [note, result].map((message, at): [number, string] => [
      1,
      `id: ${at + 1}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`,
    ]);
    const script = 'faults:\n  - insert: {retry: 10}\n  - reset:\n    event: 1\n    where: after\n';
    const { url, over } = await startReplay([{ reads }], { script });
    const messages: JSONRPCMessage[] = [];
    const transport = new StreamableHTTPClientTransport(new URL(url));
    transport.onmessage = (message) => void messages.push(message);
    await transport.start();
    await transport.send({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'x' } });
    // The first request is reset behind the note; another one asks for what comes after it.
    await vi.waitFor(() => expect(messages).toEqual([note, result]), { timeout: 20_000 });
    expect(over[0]).toMatchObject({ method: 'POST', state: 'broken' });
    await vi.waitFor(() => expect(over[1]).toMatchObject({ method: 'GET', lastEventId: '1' }));
    await transport.close();
  });
});
