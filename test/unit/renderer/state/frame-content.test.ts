import { describe, expect, it } from 'vitest';
import { copyOf, frameContent } from '../../../../src/renderer/state/frame-content.ts';
import { awsEvent } from '../../../support/aws-messages.ts';
import type { EntryDetail } from '../../../../src/shared/ipc/contract.ts';

function detailOf(frame: string, change: Partial<EntryDetail> = {}): EntryDetail {
  const bytes = new TextEncoder().encode(frame);
  return {
    seq: 1,
    atMs: 10,
    attempt: 1,
    kindNumber: 0,
    flags: 0,
    framing: 'sse',
    offset: 0,
    length: bytes.length,
    bytes,
    lastEventId: '',
    reads: [],
    journal: null,
    previousSameTypeSeq: null,
    ...change,
  };
}

describe('the content of a frame', () => {
  it('is its meaning and what was ignored in it', () => {
    const content = frameContent(detailOf('event: goal\ndata: a\nfoo: b\n\n', { offset: 100 }));
    expect(content?.meaning.event).toMatchObject({ type: 'goal', data: 'a' });
    expect(content?.diagnostics.map(({ code, offset }) => [code, offset])).toEqual([['unknown-field', 120]]);
    expect(content?.cut).toBe(false);
  });

  it('has the headers of a message of an AWS event stream', () => {
    const bytes = awsEvent('chunk', { a: 1 });
    const detail = detailOf('', { bytes, length: bytes.length, framing: 'aws-event-stream' });
    expect(frameContent(detail)?.headers).toContainEqual([':event-type', 'chunk']);
    expect(frameContent(detailOf('data: a\n\n'))?.headers).toEqual([]);
  });

  it('is read as far as it goes when the rest is not at hand', () => {
    expect(frameContent(detailOf('data: 0123456789', { length: 5000 }))).toMatchObject({
      cut: true,
      text: '0123456789',
    });
  });

  it('copies data, comments, and journal entries as JSON', () => {
    expect(copyOf(detailOf('data: plain\n\n'))).toBe('plain');
    expect(copyOf(detailOf(': keep-alive\n', { kindNumber: 1 }))).toBe('keep-alive');
    const notice = {
      seq: 1,
      atMs: 0,
      entry: { kind: 'capture-notice', code: 'disk', message: 'full' },
    } as const;
    expect(JSON.parse(copyOf(detailOf('', { bytes: null, journal: notice })))).toEqual(notice.entry);
  });
});
