import { describe, expect, it } from 'vitest';
import { framingOfType, readBodyAs } from '../../../../src/shared/connection/body-rules.ts';
import type { ReadAs } from '../../../../src/shared/connection/types.ts';

const read = (readAs: ReadAs, type: string, status = 200) =>
  readBodyAs(readAs, { status, statusText: '', headers: [['Content-Type', type]] });

describe('by itself', () => {
  it.each([
    ['text/event-stream; charset=utf-8', 'sse'],
    ['application/x-ndjson', 'ndjson'],
    ['application/ndjson', 'ndjson'],
    ['application/jsonl', 'ndjson'],
    ['application/json-lines', 'ndjson'],
    ['application/x-json-stream', 'ndjson'],
    ['application/stream+json', 'ndjson'],
    ['application/json-seq', 'json-seq'],
    ['application/geo+json-seq', 'json-seq'],
    ['application/json; charset=UTF-8', 'json-array'],
    ['application/vnd.amazon.eventstream', 'aws-event-stream'],
    ['Text/Plain', 'text'],
  ])('%s is read as %s', (type, framing) => {
    expect(read('auto', type)).toEqual({ framing, refusal: null });
  });

  it.each(['text/html', 'image/png', 'application/octet-stream', ''])('%j is not read', (type) => {
    expect(read('auto', type)).toMatchObject({ framing: null, refusal: { code: 'content-type' } });
  });

  it('a body without a type is not read', () => {
    expect(framingOfType([])).toBeNull();
  });
});

it('who wants event streams alone gets them alone, as in a browser', () => {
  expect(read('sse-only', 'text/event-stream').framing).toBe('sse');
  expect(read('sse-only', 'application/x-ndjson').refusal?.code).toBe('content-type');
});

it('a framing that was asked for overrules the type', () => {
  expect(read('sse', 'text/html')).toEqual({ framing: 'sse', refusal: null });
  expect(read('text', 'text/event-stream')).toEqual({ framing: 'text', refusal: null });
});

it('nothing overrules the status', () => {
  for (const readAs of ['auto', 'sse-only', 'sse', 'ndjson'] as const) {
    expect(read(readAs, 'text/event-stream', 503)).toMatchObject({
      framing: null,
      refusal: { code: 'http-status' },
    });
  }
});
