import { describe, expect, it } from 'vitest';
import { decodedEntries, type DecodedEntry } from '../../../../src/shared/export/decoded-entries.ts';
import type { SessionReader } from '../../../../src/shared/session/log.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

async function decode(reader: SessionReader, from = 0, to = reader.count): Promise<DecodedEntry[]> {
  const entries: DecodedEntry[] = [];
  for await (const slice of decodedEntries(reader, { from, to }, createPortableByteText()))
    entries.push(...slice);
  return entries;
}

const brief = (entry: DecodedEntry) =>
  entry.what === 'journal' ? entry.entry.kind : [entry.kind, entry.data, entry.lastEventId];

describe('decoding a range of a log', () => {
  it('says what each entry means, with the last event ID after it', async () => {
    expect((await decode(recordedLog(ODD_ATTEMPTS))).map(brief)).toEqual([
      'attempt-start',
      ['event', '{"home":"Ärsenal"}', '1'],
      ['comment', '', '1'],
      ['retry', '', '1'],
      ['no-data', '', '1'],
      ['unknown', '', '1'],
      ['event', 'a\nb', '2'],
      ['event', '\uFFFD\uFFFD(', '2'],
      ['incomplete', '', '2'],
      'connection-closed',
      'attempt-start',
      ['event', 'reset', ''],
      ['id', '', 'only'],
      'connection-closed',
      'attempt-start',
      ['unknown', '', 'only'],
      'connection-closed',
    ]);
  });

  it('gives the same entries whatever the range begins and ends with', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const whole = await decode(log);
    for (let from = 0; from <= whole.length; from += 1) {
      for (let to = from; to <= whole.length; to += 1) {
        expect(await decode(log, from, to)).toEqual(whole.slice(from, to));
      }
    }
  });

  it('keeps the comments, the reconnection time and the id of a block', async () => {
    const frames = (await decode(recordedLog(ODD_ATTEMPTS))).filter((entry) => entry.what === 'frame');
    expect(frames.find((frame) => frame.data === 'a\nb')).toMatchObject({ id: '2', comments: ['aside'] });
    expect(frames.find((frame) => frame.kind === 'retry')?.retryMs).toBe(1500);
    expect(frames.find((frame) => frame.kind === 'comment')?.comments).toEqual(['keep-alive']);
  });

  it('hands on the very bytes, end to end', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const frames = (await decode(log)).filter((entry) => entry.what === 'frame');
    expect(Buffer.concat(frames.map((frame) => frame.bytes))).toEqual(
      Buffer.from(await log.readWire(0, log.wireBytes)),
    );
  });

  it('does not read the fields of a body that is no event stream', async () => {
    const log = recordedLog([{ reads: ['data: no event\nid: 7\n\n'], asEvents: false }]);
    const [frame] = (await decode(log)).filter((entry) => entry.what === 'frame');
    expect(frame).toMatchObject({ kind: 'unknown', id: null, lastEventId: '' });
  });

  it('passes over what a log with a budget let go, and says so once', async () => {
    const reads = Array.from({ length: 400 }, (_, at) => `: ${'x'.repeat(200)}\ndata: ${at}\n\n`);
    const log = recordedLog([{ reads }], 32 * 1024);
    const entries = await decode(log);
    const last = entries.filter((entry) => entry.what === 'frame').at(-1);
    expect(last).toMatchObject({ data: '399' });
    expect(entries.length).toBeLessThan(log.count);
    const seqs = entries.map((entry) => entry.seq);
    expect([...new Set(seqs)].sort((a, b) => a - b)).toEqual(seqs);
    expect(entries.some((entry) => entry.what === 'journal' && entry.entry.kind === 'entries-dropped')).toBe(
      true,
    );
  });

  it('reads a frame that is longer than a slice whole', async () => {
    const data = 'x'.repeat(3 * 1024 * 1024);
    const log = recordedLog([{ reads: ['data: a\n\n', `data: ${data}\n\n`, 'data: b\n\n'] }]);
    const frames = (await decode(log)).filter((entry) => entry.what === 'frame');
    expect(frames.map((frame) => frame.data.length)).toEqual([1, data.length, 1]);
  });
});
