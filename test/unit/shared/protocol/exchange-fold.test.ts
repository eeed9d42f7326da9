import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rebuiltExchange } from '../../../../src/shared/protocol/rebuilt-exchange.ts';
import {
  attemptSteps,
  foldOf,
  frameSteps,
  rebuiltExchanges,
  streamFold,
} from '../../../support/protocol-stream.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const event = (value: unknown) => `event: message\ndata: ${JSON.stringify(value)}\n\n`;
const rpc = (fields: object) => ({ jsonrpc: '2.0', ...fields });
const call = rpc({ id: 1, method: 'tools/call', params: { name: 'wind', _meta: { progressToken: 'p' } } });

describe('the fold of exchanges', () => {
  it('shows a request before anything answered', () => {
    const fold = streamFold();
    for (const step of attemptSteps({ body: call })) step(fold);
    expect(fold.exchanges()).toMatchObject([
      {
        protocol: 'mcp',
        end: 'open',
        requests: [{ id: 1, method: 'tools/call', subject: 'wind', state: 'waiting' }],
      },
    ]);
  });

  it('goes on over a reconnect with Last-Event-ID', () => {
    const progress = event(
      rpc({ method: 'notifications/progress', params: { progressToken: 'p', progress: 1, total: 2 } }),
    );
    const answer = event(rpc({ id: 1, result: { content: [] } }));
    const fold = streamFold();
    const first = [...attemptSteps({ body: call }), ...frameSteps(bytes(`id: e1\ndata:\n\n${progress}`), 2)];
    for (const step of first) step(fold);
    fold.end();
    expect(fold.exchanges()[0]?.end).toBe('cut');
    const again = [
      ...attemptSteps({ method: 'GET', body: '' }, 4, 2, 'e1'),
      ...frameSteps(bytes(answer), 6, 2),
    ];
    for (const step of again) step(fold);
    expect(fold.exchanges()).toMatchObject([
      {
        end: 'done',
        endSeq: 6,
        requests: [{ state: 'answered', progress: [{ progress: 1, total: 2, seq: 3 }], answer: { seq: 6 } }],
      },
    ]);
    expect(fold.exchanges()[0]?.facts).toContainEqual({ name: 'Resumed after event', value: 'e1', seq: 4 });
  });

  it('says that a request was sent again before its answer', () => {
    const steps = [...attemptSteps({ body: call }), ...attemptSteps({ body: call }, 2, 2)];
    expect(rebuiltExchanges(steps)).toMatchObject([
      { end: 'cut', requests: [{ id: 1 }], diagnostics: [{ code: 'sent-again', seq: 2 }] },
    ]);
  });

  it('reads an answer that came as a plain JSON body', () => {
    const answer = JSON.stringify(rpc({ id: 1, error: { code: -32600, message: 'No' } }));
    const fold = streamFold();
    for (const step of attemptSteps({ body: call })) step(fold);
    const frame = { kind: 'unknown' as const, seq: 2, atMs: 20, attempt: 1, length: answer.length };
    fold.frame({ ...frame, event: () => null, bytes: () => bytes(answer) });
    expect(fold.completions()).toEqual([]);
    expect(fold.exchanges()).toMatchObject([
      { end: 'error', requests: [{ state: 'failed', answer: { seq: 2 } }] },
    ]);
  });

  it('lets the answer of the client, in a later request, answer the server', () => {
    const asks = event(rpc({ id: 's', method: 'sampling/createMessage', params: {} }));
    const answer = rpc({ id: 's', result: { role: 'assistant' } });
    const steps = [
      ...attemptSteps({ body: call }),
      ...frameSteps(bytes(asks), 2),
      ...attemptSteps({ body: answer }, 3, 2),
    ];
    expect(rebuiltExchanges(steps)).toMatchObject([
      { requests: [{ from: 'client' }, { from: 'server', state: 'answered', answer: { seq: 3 } }] },
    ]);
  });

  it('keeps exchanges of different protocols apart', () => {
    const fold = foldOf([
      rpc({ id: 1, result: { tools: [] } }),
      { type: 'RUN_STARTED', threadId: 't', runId: 'r' },
    ]);
    expect(fold.view().map(({ protocol, end }) => [protocol, end])).toEqual([
      ['mcp', 'done'],
      ['ag-ui', 'open'],
    ]);
  });

  it.each([
    [{ choices: [{ delta: { content: 'x' } }] }],
    [{ type: 'message_start', message: { role: 'assistant' } }],
    [{ type: 'response.created' }],
    [{ message: 'hello', kind: 'greeting' }],
    [{ message: { text: 'x' } }],
    [{ task: 'sweep' }],
    [{ task: { id: 'x' } }],
    [{ type: 'CUSTOM', value: 1 }],
    [{ type: 'STATE_OF_THE_ART' }],
    [{ type: 'GOAL' }],
    [{ data: { a: 1 } }],
    [{ jsonrpc: '1.0', id: 1, result: {} }],
    ['endpoint'],
    [null],
  ])('claims nothing of %j', (value) => {
    expect(foldOf([value]).view()).toEqual([]);
  });

  it.each([
    ['endpoint', 'not a path'],
    ['next', 'chapter two'],
    ['next', '{"page":2}'],
    ['complete', ''],
    ['goal', '{}'],
  ])('claims nothing of an event named %s with %j', (type, data) => {
    expect(rebuiltExchanges(frameSteps(bytes(`event: ${type}\ndata: ${data}\n\n`)))).toEqual([]);
  });

  it('shares its lists with every view of it', () => {
    const count = 20_000;
    const values = Array.from({ length: count }, (_, at) =>
      at === 0
        ? { type: 'RUN_STARTED', threadId: 't', runId: 'r' }
        : { type: 'STATE_DELTA', delta: [{ op: 'add', path: `/k${at % 50}`, value: at }] },
    );
    const fold = foldOf(values);
    expect(fold.view()[0]?.state?.changes).toHaveLength(count - 1);
    expect(fold.view()[0]?.requests).toBe(fold.view()[0]?.requests);
  });

  it('stands steps that nest without end, and everything walks over them', () => {
    const step = { type: 'STEP_STARTED', stepName: 'deeper' };
    const values = [
      { type: 'RUN_STARTED', threadId: 't', runId: 'r' },
      ...Array.from({ length: 20_000 }, () => step),
    ];
    const exchange = foldOf(values).view()[0];
    expect(exchange?.eventCount).toBe(20_001);
    expect(JSON.stringify(exchange && rebuiltExchange(exchange)).length).toBeGreaterThan(100_000);
  });

  it('takes a task that a reconnect tells again for what it is', () => {
    const path = join(import.meta.dirname, '../../../fixtures/protocol/a2a/v1-artifacts.sse');
    const wire = new Uint8Array(readFileSync(path));
    const steps = [...frameSteps(wire, 0, 1), ...frameSteps(wire, 7, 2)];
    expect(rebuiltExchanges(steps)).toMatchObject([
      {
        end: 'done',
        diagnostics: [],
        tasks: [{ artifacts: [{ text: '# Bay\nDepth 12 m', complete: true }, {}] }],
      },
    ]);
  });
});
