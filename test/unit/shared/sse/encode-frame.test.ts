import { describe, expect, it } from 'vitest';
import { frameText } from '../../../../src/shared/sse/encode-frame.ts';

const words = { framing: 'sse', type: 'message', data: 'a', id: null, retryMs: null, comments: [] } as const;

describe('the plainest text of a frame', () => {
  it('is a block of an event stream without what the standard adds by itself', () => {
    expect(frameText(words)).toBe('data: a\n\n');
    expect(frameText({ ...words, type: 'goal', id: '', retryMs: 5, data: 'a\nb', comments: ['x'] })).toBe(
      ': x\nid: \nevent: goal\nretry: 5\ndata: a\ndata: b\n\n',
    );
  });

  it('ends a comment at its line end, and a block without data at the blank line', () => {
    expect(frameText({ ...words, type: null, data: '', comments: ['keep-alive'] })).toBe(': keep-alive\n');
    expect(frameText({ ...words, type: null, data: '', id: '7' })).toBe('id: 7\n\n');
  });

  it('is a line or a record of other framings, and nothing of binary messages', () => {
    expect(frameText({ ...words, framing: 'ndjson', type: 'line', data: '{}' })).toBe('{}\n');
    expect(frameText({ ...words, framing: 'json-seq', type: 'item', data: '{}' })).toBe('\u001e{}\n');
    expect(frameText({ ...words, framing: 'aws-event-stream', data: '{}' })).toBeNull();
  });

  it('is refused for what a line cannot carry', () => {
    expect(() => frameText({ ...words, id: 'a\0b' })).toThrow(/NUL/);
    expect(() => frameText({ ...words, type: 'a\nb' })).toThrow(/line break/);
  });
});
