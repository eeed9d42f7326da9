import { describe, expect, it } from 'vitest';
import { describeExporter, exported, ODD_ATTEMPTS } from '../../../contract/exporter.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

const parse = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describeExporter('ndjson', (text) => parse(text).length);

describe('a line of NDJSON', () => {
  it('holds an event with its place and time', async () => {
    const { text } = await exported('ndjson', recordedLog(ODD_ATTEMPTS));
    expect(parse(text)[1]).toEqual({
      seq: 1,
      kind: 'event',
      atMs: 20,
      time: '2026-01-02T03:04:05.020Z',
      attempt: 1,
      offset: 0,
      length: 48,
      type: 'goal',
      data: '{"home":"Ärsenal"}',
      lastEventId: '1',
      id: '1',
      // The bytes are not the plainest that mean this: there is a byte order mark.
      text: '\uFEFFid: 1\nevent: goal\ndata: {"home":"Ärsenal"}\n\n',
    });
  });

  it('holds a journal entry whole', async () => {
    const { text } = await exported('ndjson', recordedLog(ODD_ATTEMPTS));
    expect(parse(text)[0]).toEqual({
      seq: 0,
      kind: 'attempt-start',
      atMs: 0,
      time: '2026-01-02T03:04:05.000Z',
      attempt: 1,
      method: 'GET',
      url: 'http://127.0.0.1/events',
      headers: [['accept', 'text/event-stream']],
      body: '',
      lastEventId: 'begin',
      why: 'You connected',
    });
  });

  it('holds what has no meaning as text, and as base64 only when it is no UTF-8', async () => {
    const lines = parse((await exported('ndjson', recordedLog(ODD_ATTEMPTS))).text);
    const ofKind = (kind: string) => lines.filter((line) => line['kind'] === kind);
    expect(ofKind('incomplete')[0]).toMatchObject({ text: 'data: ends without' });
    expect(ofKind('no-data')[0]).toMatchObject({ text: 'event: ping\n\n' });
    expect(ofKind('unknown')[0]).toMatchObject({ text: 'nonsense\n\n' });
    const broken = ofKind('event').find((line) => 'bytes' in line);
    expect(Buffer.from(broken?.['bytes'] as string, 'base64').toString('latin1')).toBe('data:\xff\xc3(\n\n');
    expect(ofKind('unknown')[1]?.['text']).toBeUndefined();
    expect(Buffer.from(ofKind('unknown')[1]?.['bytes'] as string, 'base64')).toHaveLength(23);
    expect(lines.filter((line) => 'bytes' in line)).toHaveLength(2);
  });

  it('gives back every byte: kinds with a meaning by place, the others by text or bytes', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const lines = parse((await exported('ndjson', log)).text).filter((line) => 'offset' in line);
    const covered = lines.reduce((end, line) => {
      expect(line['offset']).toBe(end);
      return end + (line['length'] as number);
    }, 0);
    expect(covered).toBe(log.wireBytes);
  });

  it('says U+FFFD that was really sent as text', async () => {
    const { text } = await exported('ndjson', recordedLog([{ reads: ['data: \uFFFD\n\n'] }]));
    expect(parse(text)[1]).toMatchObject({ data: '\uFFFD' });
    expect(parse(text)[1]).not.toHaveProperty('bytes');
  });

  it('of a range is the same line as of the whole session', async () => {
    const log = recordedLog(ODD_ATTEMPTS);
    const whole = (await exported('ndjson', log)).text.split('\n');
    const range = (await exported('ndjson', log, { from: 4, to: 9 })).text.split('\n');
    expect(range.slice(0, -1)).toEqual(whole.slice(4, 9));
  });
});
