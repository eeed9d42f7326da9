import { describe, expect, it } from 'vitest';
import { createNodeByteText } from '../../../../src/main/capture/node-byte-text.ts';
import { lastEventIdAfter, readEntryDetail } from '../../../../src/main/sessions/entry-detail.ts';
import { readFrameRun } from '../../../../src/main/sessions/frame-run.ts';
import { createFrameText, onOneLine } from '../../../../src/main/sessions/frame-text.ts';
import { readRowPage, readRowsOf } from '../../../../src/main/sessions/row-page.ts';
import { readRecord, RECORD_BYTES } from '../../../../src/shared/session/index-record.ts';
import type { SessionReader } from '../../../../src/shared/session/log.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { rowOf } from '../../../../src/shared/session/row.ts';
import { recordAttempts } from '../../../support/session-folder.ts';

const frameText = createFrameText(createNodeByteText());

function recorded(...attempts: string[][]): SessionReader {
  const log = createMemoryLog({ sessionId: 's', maxBytes: 256 * 1024 * 1024 });
  recordAttempts(log, attempts);
  return log;
}

/** Counts what is read of the wire. */
function counting(reader: SessionReader) {
  const reads: number[] = [];
  const counted = Object.create(reader) as SessionReader;
  Object.defineProperty(counted, 'readWire', {
    value: async (offset: number, length: number) => {
      const bytes = await reader.readWire(offset, length);
      reads.push(bytes.length);
      return bytes;
    },
  });
  return { reader: counted, reads };
}

async function previews(reader: SessionReader): Promise<string[][]> {
  const page = await readRowPage(reader, frameText, 0, 100);
  return Array.from({ length: page.count }, (_, at) => rowOf(page, at)).map((row) => [
    row.type,
    row.id,
    row.preview,
  ]);
}

describe('a page of rows', () => {
  it('shows every kind of entry on one line', async () => {
    const reader = recorded([
      ': hi\n\nretry: 250\n\nid: 7\n\nevent: goal\ndata: {\ndata:   "minute": 7\ndata: }\nid: 8\n\n',
      'event: ping\n\ndata\n\nnonsense\n\ndata: tail',
    ]);
    expect(await previews(reader)).toEqual([
      ['', '', 'Attempt 1: GET http://127.0.0.1/events'],
      ['', '', '200 OK, text/event-stream'],
      ['', '', 'hi'],
      ['', '', 'Reconnection time: 250 ms'],
      ['', '7', 'Last event ID: 7'],
      ['goal', '8', '{ "minute": 7 }'],
      ['', '', 'event: ping'],
      ['message', '', ''],
      ['', '', 'nonsense'],
      ['', '', 'data: tail'],
      ['', '', 'Ended by the server'],
    ]);
  });

  it('clamps to what there is', async () => {
    const reader = recorded(['data: 1\n\n']);
    expect(await readRowPage(reader, frameText, 3, 100)).toMatchObject({ from: 3, count: 1 });
    expect(await readRowPage(reader, frameText, 99, 10)).toMatchObject({ count: 0, previews: [] });
  });

  it('reads frames that lie together with one read', async () => {
    const { reader, reads } = counting(
      recorded([Array.from({ length: 200 }, (_, n) => `data: ${n}\n\n`).join('')]),
    );
    const page = await readRowPage(reader, frameText, 2, 200);
    expect(page.previews[199]).toBe('199');
    expect(reads).toHaveLength(1);
  });

  it('never reads a large frame whole, and finds an id behind its data', async () => {
    const large = `event: big\ndata: ${'ü'.repeat(500_000)}\nid: last\n\n`;
    const { reader, reads } = counting(recorded([large, 'data: small\n\n']));
    const page = await readRowPage(reader, frameText, 2, 2);
    expect(page.ids).toEqual(['last', '']);
    expect(page.previews).toEqual(['ü'.repeat(200), 'small']);
    expect(reads.reduce((sum, length) => sum + length)).toBeLessThan(4096);
  });

  it('reads the rows of a filtered view by their numbers', async () => {
    const reader = recorded([Array.from({ length: 500 }, (_, n) => `data: ${n}\n\n`).join('')]);
    const page = await readRowsOf(reader, frameText, 7, Uint32Array.from([2, 5, 400, 9999]));
    expect(page).toMatchObject({ from: 7, count: 3, previews: ['0', '3', '398'] });
    expect([...page.seq]).toEqual([2, 5, 400]);
  });

  it('names types that are too long for the table of types', async () => {
    const name = 'x'.repeat(300);
    expect((await previews(recorded([`event: ${name}\ndata: 1\n\n`])))[2]).toEqual([name, '', '1']);
  });

  it('cuts a preview between characters', () => {
    expect(onOneLine('ab😀', 3)).toBe('ab');
    expect(onOneLine('  a \r\n\n  b  ', 10)).toBe('a b');
  });
});

describe('one entry in detail', () => {
  it('has bytes, reads, the id in force and the event of the same type before', async () => {
    const reader = recorded(['id: 1\nevent: a\ndata: 1\n\nevent: b\n', 'data: 2\n\nevent: a\ndata: 3\n\n']);
    const detail = await readEntryDetail(reader, frameText, 4, 10);
    expect(Buffer.from(detail.bytes ?? []).toString()).toBe('event: a\nd');
    expect(detail).toMatchObject({
      seq: 4,
      length: 18,
      lastEventId: '1',
      previousSameTypeSeq: 2,
      journal: null,
    });
    expect((await readEntryDetail(reader, frameText, 3, 100)).reads.map((read) => read.number)).toEqual([
      0, 1,
    ]);
  });

  it('hands out journal entries as they are', async () => {
    const reader = recorded(['data: 1\n\n']);
    const detail = await readEntryDetail(reader, frameText, 1, 100);
    expect(detail.bytes).toBeNull();
    expect(detail.journal).toMatchObject({ seq: 1, entry: { kind: 'response-head', status: 200 } });
  });

  it('says when there is no such entry', async () => {
    await expect(readEntryDetail(recorded([]), frameText, 5, 10)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('follows the last event ID over attempts, resets, and ids that never counted', async () => {
    const reader = recorded(['id: a\n\n', 'data: 1\n\nid: lost'], ['data: 2\n\nid\n\ndata: 3\n\n']);
    const ids = await Promise.all(
      Array.from({ length: reader.count }, (_, seq) => lastEventIdAfter(reader, frameText, seq)),
    );
    expect(ids).toEqual(['', '', 'a', 'a', 'a', 'a', 'a', 'a', 'a', '', '', '']);
  });

  it('begins with the id that the attempt sent', async () => {
    const log = createMemoryLog({ sessionId: 's', maxBytes: 1_000_000 });
    const start = {
      kind: 'attempt-start',
      attempt: 1,
      method: 'GET',
      url: '',
      headers: [],
      body: '',
      why: '',
    } as const;
    log.appendEntry({ ...start, lastEventId: 'given' }, 0);
    expect(await lastEventIdAfter(log, frameText, 0)).toBe('given');
  });
});

describe('a run of frames', () => {
  it('comes to the end in steps, whatever the limit, with every byte', async () => {
    const reader = recorded(['data: 1\n\n', `data: ${'x'.repeat(5000)}\n\n`], ['data: 2\n\n: c\n']);
    for (const maxBytes of [1, 100, 2000, 100_000]) {
      const bytes: Uint8Array[] = [];
      let seq = 0;
      while (seq < reader.count) {
        const run = await readFrameRun(reader, seq, maxBytes);
        expect(run.toSeq).toBeGreaterThan(seq);
        expect(run.records.length).toBe((run.toSeq - seq) * RECORD_BYTES);
        const view = new DataView(run.records.buffer);
        for (let at = 0; at < run.records.length; at += RECORD_BYTES) {
          const { kindNumber, offset, length } = readRecord(view, at);
          if (kindNumber < 64) bytes.push(run.wire.slice(offset - run.wireOffset).slice(0, length));
        }
        seq = run.toSeq;
      }
      expect(Buffer.concat(bytes)).toEqual(Buffer.from(await reader.readWire(0, reader.wireBytes)));
    }
    expect((await readFrameRun(reader, reader.count, 100)).records).toHaveLength(0);
  });
});
