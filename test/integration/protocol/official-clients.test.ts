/** What the official clients make of a stream equals what is rebuilt from its bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpAgent } from '@ag-ui/client';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import {
  parseJsonEventStream,
  readUIMessageStream,
  uiMessageChunkSchema,
  type UIMessage,
  type UIMessageChunk,
} from 'ai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { joined } from '../../../src/shared/chat/rebuilt.ts';
import type { Exchange, RunNode } from '../../../src/shared/protocol/exchange.ts';
import { rebuiltOf } from '../../support/chat-recordings.ts';
import { attemptSteps, frameSteps, streamFold } from '../../support/protocol-stream.ts';
import { postJson, startSamples, stopSamples } from '../samples/sample-client.ts';

afterEach(stopSamples);

async function exchangeOf(url: string, body: object): Promise<Exchange> {
  const response = await postJson(url, body);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const fold = streamFold();
  for (const step of [...attemptSteps({ url, body }), ...frameSteps(bytes, 2)]) step(fold);
  fold.end();
  const [exchange] = fold.exchanges();
  if (!exchange) throw new Error('nothing was rebuilt');
  return exchange;
}

function nodesOf(nodes: readonly RunNode[]): RunNode[] {
  return nodes.flatMap((node) => ('children' in node ? [node, ...nodesOf(node.children)] : [node]));
}

describe('the client of MCP', () => {
  it('gets the messages that are matched here', async () => {
    const url = `${await startSamples()}/samples/mcp`;
    const call = {
      jsonrpc: '2.0' as const,
      id: 7,
      method: 'tools/call',
      params: { name: 'tide_table', _meta: { progressToken: 'p' } },
    };
    const messages: JSONRPCMessage[] = [];
    const transport = new StreamableHTTPClientTransport(new URL(url));
    transport.onmessage = (message) => void messages.push(message);
    await transport.start();
    await transport.send(call);
    const isAnswer = (message: JSONRPCMessage) => 'result' in message && message.id === 7;
    await vi.waitFor(() => expect(messages.some(isAnswer)).toBe(true), { timeout: 20_000 });
    await transport.close();

    const exchange = await exchangeOf(url, call);
    const [request, asked] = exchange.requests;
    const answer = messages.find(isAnswer);
    expect(request).toMatchObject({ id: 7, subject: 'tide_table', state: 'answered' });
    expect(request?.answer?.value).toEqual(answer && 'result' in answer && answer.result);
    const reports = messages.flatMap((message) =>
      'method' in message && message.method === 'notifications/progress' ? [message.params] : [],
    );
    expect(request?.progress.map(({ progress, total, message }) => ({ progress, total, message }))).toEqual(
      reports.map((params) => ({
        progress: params?.['progress'],
        total: params?.['total'],
        message: params?.['message'],
      })),
    );
    expect(asked).toMatchObject({ from: 'server', method: 'elicitation/create', state: 'cancelled' });
    expect(exchange.eventCount).toBe(messages.length + 1);
  });
});

describe('the client of AG-UI', () => {
  it('ends with the state, the texts and the arguments that are rebuilt here', async () => {
    const url = `${await startSamples()}/samples/ag-ui`;
    const state = { stops: [], budget: 300 };
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const agent = new HttpAgent({ url, threadId: 'thread-1', initialState: state });
    await agent.runAgent({ runId: 'run-1' });
    vi.restoreAllMocks();

    const body = { threadId: 'thread-1', runId: 'run-1', state, messages: [], tools: [], context: [] };
    const exchange = await exchangeOf(url, body);
    expect(exchange.state?.current).toEqual(agent.state);
    expect(exchange.end).toBe('done');
    const nodes = nodesOf(exchange.runs[0]?.children ?? []);
    for (const message of agent.messages) {
      if (message.role === 'assistant') {
        const text = nodes.find((node) => node.kind === 'message' && node.id === message.id);
        expect(text && 'text' in text ? joined(text.text) : '').toBe(message.content ?? '');
        for (const call of message.toolCalls ?? []) {
          const node = nodes.find((one) => one.kind === 'tool-call' && one.id === call.id);
          expect(node && 'arguments' in node && joined(node.arguments)).toBe(call.function.arguments);
        }
      } else if (message.role === 'tool') {
        const node = nodes.find((one) => one.kind === 'tool-call' && one.id === message.toolCallId);
        expect(node && 'result' in node && node.result?.value).toBe(message.content);
      } else if (message.role === 'reasoning') {
        const node = nodes.find((one) => one.kind === 'reasoning' && one.id === message.id);
        expect(node && 'text' in node && joined(node.text)).toBe(message.content);
      }
    }
    expect(agent.messages.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['assistant', 'tool', 'reasoning']),
    );
  });
});

describe('the reader of AI SDK UI messages', () => {
  it.each(['text', 'tools-and-parts'])('makes the same of %s', async (name) => {
    const bytes = new Uint8Array(
      readFileSync(join(import.meta.dirname, '../../fixtures/chat/ai-sdk-ui', `${name}.sse`)),
    );
    const stream = parseJsonEventStream({
      stream: new Blob([bytes]).stream(),
      schema: uiMessageChunkSchema,
    }).pipeThrough(
      new TransformStream<{ success: boolean; value?: UIMessageChunk }, UIMessageChunk>({
        transform(part, controller) {
          if (part.success && part.value) controller.enqueue(part.value);
        },
      }),
    );
    let message: UIMessage | undefined;
    for await (const next of readUIMessageStream({ stream })) message = next;
    const [completion] = rebuiltOf(bytes);
    const choice = completion?.choices[0];
    const parts = message?.parts ?? [];
    const textOf = (type: string) =>
      parts.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');
    expect(completion?.id).toBe(message?.id);
    expect(choice?.content).toBe(textOf('text'));
    expect(choice?.reasoning).toBe(textOf('reasoning'));
    const tools = parts.flatMap((part) => ('toolCallId' in part ? [part] : []));
    expect(choice?.toolCalls.map(({ id, arguments: text }) => [id, JSON.parse(text) as unknown])).toEqual(
      tools.map((part) => [part.toolCallId, part.input]),
    );
    const types = new Set(parts.map(({ type }) => type));
    expect(types.has('source-url')).toBe(name === 'tools-and-parts');
  });
});
