import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeSession, decodeStream } from '../../../src/cli/decode.ts';
import { createNodeByteText } from '../../../src/main/capture/node-byte-text.ts';
import { recordedLog } from '../../support/recorded-log.ts';

const byteText = createNodeByteText();
const WIRE = join(import.meta.dirname, '../../fixtures/wire');

async function decoded(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const lines: string[] = [];
  await decodeStream(
    chunks.map((chunk) => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)),
    (line) => void lines.push(line),
    byteText,
  );
  return lines;
}

const kinds = (lines: readonly string[]): string[] =>
  lines.map((line) => (JSON.parse(line) as { kind: string }).kind);

describe('decoding bytes', () => {
  it('prints events, comments, retries, findings and the tail, with the keys in their order', async () => {
    const body =
      ': hi\n\nid: 7\nevent: goal\nretry: 250\ndata: {"n":1}\ndata: x\n\nfoo: 1\ndata: ü\n\ndata: tail';
    expect(await decoded(body)).toEqual([
      '{"kind":"comment","text":"hi"}\n',
      '{"kind":"retry","ms":250}\n',
      '{"kind":"event","seq":1,"type":"goal","data":"{\\"n\\":1}\\nx","lastEventId":"7","offset":5,"length":53}\n',
      '{"kind":"diagnostic","code":"unknown-field","message":"\\"foo\\" is not a field that the standard knows. The line is ignored.","offset":58}\n',
      '{"kind":"event","seq":2,"type":"message","data":"ü","lastEventId":"7","offset":58,"length":17}\n',
      '{"kind":"incomplete","offset":75,"length":10}\n',
    ]);
  });

  it('prints nothing for no bytes, and nothing for line ends alone', async () => {
    expect(await decoded()).toEqual([]);
    expect(await decoded('\n\r\n', '\n')).toEqual([]);
  });

  it('prints an event as soon as its chunk is in, before the next one is asked for', async () => {
    const lines: string[] = [];
    const seen: number[] = [];
    function* chunks(): Iterable<Uint8Array> {
      yield new TextEncoder().encode('data: a\n\n');
      seen.push(lines.length);
      yield new TextEncoder().encode(': b\ndata');
      seen.push(lines.length);
    }
    await decodeStream(chunks(), (line) => void lines.push(line), byteText);
    expect(seen).toEqual([1, 2]);
  });

  it('waits for a writer that is behind', async () => {
    const order: string[] = [];
    await decodeStream(
      [new TextEncoder().encode('data: a\n\ndata: b\n\n')],
      async (line) => {
        order.push(`begin ${line.length}`);
        await Promise.resolve();
        order.push('end');
      },
      byteText,
    );
    expect(order.map((step) => step.split(' ')[0])).toEqual(['begin', 'end', 'begin', 'end']);
  });

  const names = readdirSync(WIRE).filter((name) => name.endsWith('.sse'));
  it.each(names)('prints the same of %s wherever it is cut', async (name) => {
    const body = new Uint8Array(readFileSync(join(WIRE, name)));
    const whole = await decoded(body);
    const single = Array.from(body, (byte) => Uint8Array.of(byte));
    expect(await decoded(...single)).toEqual(whole);
    for (let at = 1; at < body.length; at += 1) {
      expect(await decoded(body.subarray(0, at), body.subarray(at)), `cut at ${at}`).toEqual(whole);
    }
  });

  it('does not take a frame with something to find for a plain one', async () => {
    expect(kinds(await decoded('d\ndata\n\n'))).toEqual(['diagnostic', 'event']);
    expect(kinds(await decoded('data:x\r\n\r'))).toEqual(['diagnostic', 'event']);
    expect(kinds(await decoded('data:x\n\n', 'data: x\n\n'))).toEqual(['event', 'event']);
  });
});

describe('decoding a session', () => {
  it('begins anew with each attempt and keeps the last event ID', async () => {
    const lines: string[] = [];
    const log = recordedLog([
      { reads: ['id: 3\ndata: a\n\n', 'data: lost'] },
      { reads: ['\uFEFFdata: b\n\n'], lastEventId: '3' },
    ]);
    await decodeSession(log, (line) => void lines.push(line), byteText);
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { kind: 'event', seq: 1, data: 'a', lastEventId: '3', offset: 0, length: 15 },
      { kind: 'incomplete', offset: 15, length: 10 },
      { kind: 'diagnostic', code: 'bom', offset: 25 },
      { kind: 'event', seq: 5, data: 'b', lastEventId: '3', offset: 25, length: 12 },
    ]);
  });

  it('does not look for events in a body that was not accepted as a stream', async () => {
    const lines: string[] = [];
    const log = recordedLog([{ reads: ['data: a\n\n'] }]);
    log.appendEntry(
      {
        kind: 'response-head',
        attempt: 2,
        status: 500,
        statusText: '',
        headers: [],
        url: '',
        httpVersion: '1.1',
        remoteAddress: null,
        timings: { dnsMs: null, connectMs: null, tlsMs: null, headMs: null, firstByteMs: null },
        accepted: false,
      },
      20,
    );
    for (const text of ['<html>\n', '</html>\n']) {
      const bytes = new TextEncoder().encode(text);
      log.appendWire(bytes, 30, 2);
      const at = { offset: log.wireBytes - bytes.length, length: bytes.length, atMs: 30, attempt: 2 };
      log.appendFrame({ ...at, typeNumber: 0, kindNumber: 5, flags: 0, firstRead: 0, framing: 0 }, null);
    }
    await decodeSession(log, (line) => void lines.push(line), byteText);
    expect(kinds(lines)).toEqual(['event', 'diagnostic']);
    expect(lines[1]).toContain('not-an-event-stream');
  });
});
