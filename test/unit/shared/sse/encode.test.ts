import { describe, expect, it } from 'vitest';
import { encodeBlock } from '../../../../src/shared/sse/encode.ts';
import { bytesOf, readBody } from './read-frames.ts';

describe('encodeBlock', () => {
  it('writes what the reader reads back', () => {
    const blocks = [
      { data: 'plain' },
      { data: '' },
      { data: ' two\n\nlines: \uFEFF€' },
      { id: '', data: 'reset' },
      { id: 'é:1', type: 'goal', retryMs: 300, comments: ['why', ''], data: '{"a":1}' },
    ];
    const { events, retry } = readBody([bytesOf(blocks.map(encodeBlock).join(''))]);
    expect(events).toEqual([
      { event: 'message', data: 'plain', id: '' },
      { event: 'message', data: '', id: '' },
      { event: 'message', data: ' two\n\nlines: \uFEFF€', id: '' },
      { event: 'message', data: 'reset', id: '' },
      { event: 'goal', data: '{"a":1}', id: 'é:1' },
    ]);
    expect(retry).toBe(300);
  });

  it('gives every line of a text with CR or CRLF a field of its own', () => {
    expect(encodeBlock({ data: 'a\r\nb\rc' })).toBe('data: a\ndata: b\ndata: c\n\n');
    expect(encodeBlock({ comments: ['x\ny'] })).toBe(': x\n: y\n\n');
  });

  it('refuses what a line cannot carry', () => {
    expect(() => encodeBlock({ id: 'a\nb' })).toThrow('line break');
    expect(() => encodeBlock({ type: 'a\rb', data: '' })).toThrow('line break');
    expect(() => encodeBlock({ id: 'a\0' })).toThrow('NUL');
  });
});
