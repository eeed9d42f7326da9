/** The inputs on which clients go wrong, as far as they are about reading bytes. The numbers are those of the list of rules. */
import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { diagnoseFrame } from '../../../../src/shared/sse/diagnostics.ts';
import { createFrameReader } from '../../../../src/shared/sse/frame-reader.ts';
import { FRAME_FLAGS } from '../../../../src/shared/sse/types.ts';
import { bytesOf, inPieces, joined, readBody } from './read-frames.ts';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const read = (...chunks: string[]) => readBody(chunks.map(bytesOf));
const data = (...chunks: string[]) => read(...chunks).events.map((event) => event.data);

function codes(body: Uint8Array): string[] {
  return readBody([body]).frames.flatMap((frame) =>
    diagnoseFrame(
      { ...frame, bytes: body.subarray(frame.offset, frame.offset + frame.length) },
      createNodeByteText(),
    ).map((finding) => finding.code),
  );
}

describe('characters', () => {
  it('#1 utf8-split: characters survive when each byte comes alone', () => {
    expect(readBody(inPieces(bytesOf('data: €豆腐\n\n'), 1)).events[0]?.data).toBe('€豆腐');
  });

  it('#2 utf8-invalid: bytes that are no characters become U+FFFD and the stream goes on', () => {
    const body = latin1('data:\xffmoin\xc2\ndata:tschüs\n\n'.replace('ü', 'u'));
    expect(readBody([body]).events[0]?.data).toBe('\uFFFDmoin\uFFFD\ntschus');
    expect(codes(body)).toEqual(['invalid-utf8', 'invalid-utf8']);
  });

  it('#3 utf8-bad-charset-param: there is no way to ask for anything but UTF-8', () => {
    expect(data('data: ok…\n\n')).toEqual(['ok…']);
  });

  it('#4 bom-split: a BOM in three reads is gone', () => {
    const [first, ...rest] = readBody([
      latin1('\xef'),
      latin1('\xbb'),
      latin1('\xbf'),
      bytesOf('data: a\n\n'),
    ]).frames;
    expect(first).toMatchObject({ kind: 'event', data: 'a', offset: 0, length: 12 });
    expect((first?.flags ?? 0) & FRAME_FLAGS.bom).toBe(FRAME_FLAGS.bom);
    expect(rest).toEqual([]);
  });

  it('#5 bom-double: only one is dropped, so the first field is unknown', () => {
    expect(data('\uFEFF\uFEFFdata: 1\n\ndata: 2\n\n')).toEqual(['2']);
  });

  it('#6 bom-midstream: a BOM in the data stays', () => {
    expect(data('data: a\n\ndata: \uFEFFb\n\n')).toEqual(['a', '\uFEFFb']);
    expect(data('data: a\n\n\uFEFFdata: b\n\n')).toEqual(['a']);
  });

  it('#11 unicode-separators: nothing but CR and LF ends a line', () => {
    expect(data('data: a\u2028b\u2029c\u0085d\u000be\u000cf\n\n')).toEqual([
      'a\u2028b\u2029c\u0085d\u000be\u000cf',
    ]);
  });
});

describe('line ends', () => {
  it('#8 crlf-split: CRLF over the ends of reads is one line end', () => {
    const { frames, events } = read('data: a\r', '\n\r', '\n');
    expect(events).toHaveLength(1);
    expect(frames).toMatchObject([{ kind: 'event', length: 11 }]);
  });

  it('#9 cr-only-dispatch-now: a CR at the end dispatches at once, and its LF is added later', () => {
    const said: string[] = [];
    const reader = createFrameReader({
      byteText: createNodeByteText(),
      onFrame: (frame) => said.push(`${frame.kind} ${frame.data} ${frame.offset}+${frame.length}`),
      onExtend: () => said.push('extend'),
    });
    reader.begin(100, true);
    reader.push(bytesOf('data: a\r\r'));
    expect(said).toEqual(['event a 100+9']);
    reader.push(bytesOf('\ndata: b\n\n'));
    expect(said).toEqual(['event a 100+9', 'extend', 'event b 110+9']);
    reader.push(bytesOf(': keep\r'));
    reader.push(bytesOf('\n'));
    reader.push(bytesOf('\n'));
    expect(said.slice(3)).toEqual(['comment  119+7', 'extend']);
    reader.end();
    expect(said.slice(5)).toEqual(['blank  127+1']);
  });

  it('#10 mixed-eol: each way to write a blank line is one blank line', () => {
    for (const blank of ['\r\n\r', '\n\r', '\r\r\n', '\n\n', '\r\r', '\r\n\n', '\n\r\n']) {
      expect(data(`data: a${blank}data: b${blank}`), JSON.stringify(blank)).toEqual(['a', 'b']);
    }
  });

  it('#68 bare-cr-in-payload: the line ends there, and the rest is a finding', () => {
    expect(data('data: line\rcr\n\n')).toEqual(['line']);
    expect(codes(bytesOf('data: line\rcr\n\n'))).toEqual(['bare-cr', 'unknown-field']);
  });
});

describe('data and types', () => {
  it('#12 data-no-colon: a name alone has the empty value', () => {
    expect(data('data\n\n', 'data\ndata\n\n')).toEqual(['', '\n']);
  });

  it('#13 data-empty-dispatches: an empty data field makes an event', () => {
    expect(read('event: complete\ndata:\n\n').events).toEqual([{ event: 'complete', data: '', id: '' }]);
  });

  it('#14 event-without-data: no event, and the type does not leak into the next block', () => {
    const { frames, events } = read('event: ping\n\ndata: x\n\n');
    expect(frames.map((frame) => frame.kind)).toEqual(['no-data', 'event']);
    expect(events).toEqual([{ event: 'message', data: 'x', id: '' }]);
  });

  it('#31 comment-midline: comments between data lines leave the data alone', () => {
    expect(data(`data:1\n:${'x'.repeat(2048)}\ndata:2\n:data:no\ndata:3\n\n`)).toEqual(['1\n2\n3']);
  });

  it('#67 multi-line-field-from-a-naive-server: the second line is lost and said', () => {
    expect(data('data:line1\nline2\n\n')).toEqual(['line1']);
    expect(codes(bytesOf('data:line1\nline2\n\n'))).toEqual(['unknown-field']);
  });

  it('#69 glued-keep-alive: one line of rubbish, shown as it came', () => {
    expect(data('data:half event: keep-alive\n\n')).toEqual(['half event: keep-alive']);
  });

  it('#70 mcp-priming: an id with empty data is an event', () => {
    expect(read('id: p1\ndata: \n\n').events).toEqual([{ event: 'message', data: '', id: 'p1' }]);
  });
});

describe('ids', () => {
  it('#15 id-only-block: no event, but the id counts', () => {
    const { events, lastEventId } = read('id: 2\n\n');
    expect([events, lastEventId]).toEqual([[], '2']);
  });

  it('#16 id-null: an id with a NUL is ignored, the earlier id of the block stays', () => {
    expect(read('id: 9\n\n', 'id: a\0b\ndata: x\n\n').lastEventId).toBe('9');
    expect(read('id: 9\nid: a\0b\ndata: x\n\n').events[0]?.id).toBe('9');
    expect(codes(bytesOf('id: a\0b\ndata: x\n\n'))).toEqual(['id-has-nul']);
  });

  it('#17 id-reset: an empty id takes the last event ID away', () => {
    for (const line of ['id\n', 'id:\n', 'id: \n']) {
      expect(read('id: 1\ndata: a\n\n', `${line}data: b\n\n`).lastEventId).toBe('');
    }
  });

  it('#18 id-persists: over events, and over bodies', () => {
    expect(read('id: 1\ndata: a\n\ndata: b\n\n').events.map((event) => event.id)).toEqual(['1', '1']);
    const ids: string[] = [];
    const reader = createFrameReader({
      byteText: createNodeByteText(),
      onFrame: () => ids.push(reader.lastEventId),
      onExtend: () => undefined,
    });
    reader.begin(0, true);
    reader.push(bytesOf('id: 5\ndata: a\n\nid: 6\ndata: half'));
    reader.end();
    reader.begin(29, true);
    reader.push(bytesOf('data: b\n\n'));
    expect(ids).toEqual(['5', '5', '5']);
  });

  it('#19 id-uncommitted-at-eof: an id counts at its blank line and not before', () => {
    expect(read('id: abc\ndata: a\n\nid: def\ndata: x').lastEventId).toBe('abc');
    expect(read('id: abc\ndata: a\n\nid: def\n').lastEventId).toBe('abc');
  });
});

describe('reconnection time', () => {
  it('#23 retry-digits-only: anything but ASCII digits is ignored', () => {
    for (const value of ['-1', '+5', '1e3', '0x10', ' 5', '5 ', '１２', '', '5\0']) {
      const body = `retry: ${value}\ndata: x\n\n`;
      expect(read(body).retry, value).toBeNull();
      expect(codes(bytesOf(body)), value).toEqual(['bad-retry']);
    }
  });

  it('#24 retry-leading-zero: base ten', () => expect(read('retry:03000\n\n').retry).toBe(3000));

  it('#25 retry-empty: ignored, and said', () => {
    expect(read('retry: 7\n\nretry\n\n').retry).toBe(7);
    expect(codes(bytesOf('retry\n\n'))).toEqual(['bad-retry']);
  });

  it('#28 retry-without-blank-line: counts at its line end, and not before', () => {
    expect(read('retry:999\n').retry).toBe(999);
    expect(read('retry:999').retry).toBeNull();
  });
});

describe('what the standard ignores', () => {
  it('#30 comment-immediate: a comment is a frame as soon as its line ends', () => {
    const kinds: string[] = [];
    const reader = createFrameReader({
      byteText: createNodeByteText(),
      onFrame: (frame) => kinds.push(`${frame.kind} ${frame.comments.join()}`),
      onExtend: () => undefined,
    });
    reader.begin(0, true);
    reader.push(bytesOf(':Hello\n'));
    expect(kinds).toEqual(['comment Hello']);
  });

  it('#33 unknown-and-lookalike-fields: ignored, each a finding', () => {
    for (const name of ['database', 'eventually', 'Data', 'data ', ' data', '__proto__', 'toString']) {
      const body = `${name}: no\ndata: yes\n\n`;
      expect(data(body), name).toEqual(['yes']);
      expect(codes(bytesOf(body)), name).toEqual(['unknown-field']);
    }
  });

  it('#34 unknown-line-split: found again although the parser says nothing of it', () => {
    const chunks = ['xyz', 'zz\n\n'].map(bytesOf);
    expect(readBody(chunks).frames).toMatchObject([{ kind: 'unknown', length: 7 }]);
    expect(codes(joined(chunks))).toEqual(['unknown-field']);
  });

  it('#35 eof-partial: a block without its blank line is discarded and shown', () => {
    const { frames, events } = read('data: a\n\nevent: b\ndata: half\n');
    expect(events).toHaveLength(1);
    expect(frames[1]).toMatchObject({ kind: 'incomplete', data: '', eventType: null });
  });

  it('#51 events-after-close: nothing of a body that was left shows up in the next', () => {
    const kinds: string[] = [];
    const reader = createFrameReader({
      byteText: createNodeByteText(),
      onFrame: (frame) => kinds.push(`${frame.kind} ${frame.data}`),
      onExtend: () => undefined,
    });
    reader.begin(0, true);
    reader.push(bytesOf('event: old\ndata: old'));
    reader.begin(20, true);
    reader.push(bytesOf('\uFEFFdata: new\n\n'));
    expect(kinds).toEqual(['event new']);
  });
});
