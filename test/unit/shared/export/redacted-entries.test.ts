import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExportSource } from '../../../../src/shared/export/export-source.ts';
import { createExporters } from '../../../../src/shared/export/registry.ts';
import { createRedactor } from '../../../../src/shared/redaction/redactor.ts';
import { NO_RULES, type RedactionRules } from '../../../../src/shared/redaction/user-rules.ts';
import { createMemoryLog } from '../../../../src/shared/session/memory-log.ts';
import { createRecorder } from '../../../../src/shared/session/recorder.ts';
import type { SessionReader } from '../../../../src/shared/session/log.ts';
import { createPortableByteText } from '../../../../src/shared/sse/byte-text.ts';
import { encodeAwsMessage } from '../../../../src/shared/sse/encode-aws-message.ts';
import type { Framing } from '../../../../src/shared/sse/framing.ts';
import { attemptEnd, attemptStart, responseHead } from '../../../support/attempt-entries.ts';
import { KEYS, plantedKey } from '../../../support/planted-secrets.ts';
import { summaryOf } from '../../../support/recorded-log.ts';
import { eventsOf, exportedBytes, wholeEntries } from '../../../support/round-trip.ts';
import { recordedLog } from '../../../support/recorded-log.ts';

const byteText = createPortableByteText();
const FORMATS = createExporters(byteText, '1.2.3')
  .all()
  .map(({ id }) => id);
const redactor = (rules: RedactionRules = NO_RULES) => createRedactor(rules, byteText);
const chunk = (delta: object): string =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;

/** Everywhere a secret can get to, also in pieces. */
function sessionWith(secret: string): SessionReader {
  const log = createMemoryLog({ sessionId: 's1', maxBytes: 1_000_000 });
  const recorder = createRecorder({ log, byteText });
  const body = (attempt: number, framing: Framing | null, parts: readonly (string | Uint8Array)[]) => {
    recorder.entry(
      {
        ...attemptStart(attempt),
        url: `http://127.0.0.1/${secret}?q=${secret}&api_key=${secret}`,
        headers: [
          ['x-api-key', secret],
          ['x-note', `see ${secret}`],
          ['cookie', `a=${secret}`],
        ],
        body: `{"token":"${secret}","note":"${secret}"}`,
        lastEventId: secret,
      },
      attempt,
    );
    const head = responseHead(attempt, framing !== null);
    if (head.kind !== 'response-head') return;
    recorder.entry(
      {
        ...head,
        url: `http://127.0.0.1/?key=${secret}`,
        headers: [
          ['content-type', 'text/event-stream'],
          ['set-cookie', `a=${secret}; Path=/`],
        ],
        ...(framing === null ? {} : { framing }),
      },
      attempt,
    );
    recorder.beginBody(attempt, framing);
    for (const part of parts)
      recorder.read(typeof part === 'string' ? new TextEncoder().encode(part) : part, attempt);
    recorder.endBody(attempt);
    recorder.entry(
      {
        ...attemptEnd(attempt),
        how: 'failed',
        failure: { code: 'other', message: `failed at http://x/?key=${secret} with ${secret}` },
      } as never,
      attempt,
    );
  };
  body(1, 'sse', [
    `: ${secret}\n\nid: ${secret}\nevent: ${secret}\ndata: {"a":"${secret}"}\n\n`,
    `nonsense ${secret}\n\nretry: 5\ndata: x\n${secret}: y\n\n`,
    new Uint8Array([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, ...new TextEncoder().encode(secret), 0x0a, 0x0a]),
    chunk({ role: 'assistant', content: `key: ${secret}` }),
    // In pieces, as models send them.
    ...[...secret].map((letter) => chunk({ content: letter })),
    `data: [DONE]\n\ndata: cut ${secret}`,
  ]);
  body(2, 'ndjson', [`{"a":"${secret}"}\n"${secret}"\n`]);
  body(3, 'json-array', [`[{"a":"${secret}"},"${secret}"]`]);
  body(4, 'aws-event-stream', [
    encodeAwsMessage([{ name: ':event-type', value: secret }], new TextEncoder().encode(`{"a":"${secret}"}`)),
  ]);
  body(5, 'text', [`${secret}\nand ${secret}\n`]);
  // Not read: its pieces are cut where reads end, in the middle of the secret.
  body(6, null, [' '.repeat(64 * 1024 - 10), secret.slice(0, 10), `${secret.slice(10)} rest`]);
  recorder.entry({ kind: 'connection-closed', attempt: 6, state: 'failed', why: `No more: ${secret}` }, 7);
  return log;
}

describe.each(FORMATS)('a secret in a session that is exported as %s', (format) => {
  it('appears nowhere, wherever it was planted', async () => {
    await fc.assert(
      fc.asyncProperty(plantedKey, async (secret) => {
        const reader = sessionWith(secret);
        const summary = {
          ...summaryOf(reader),
          name: `Session ${secret}`,
          url: `http://127.0.0.1/?key=${secret}`,
        };
        const bytes = await exportedBytes(format, reader, { summary, redactor: redactor() });
        const text = Buffer.from(bytes).toString('latin1');
        expect(text).not.toContain(secret);
        // Base64 of the bytes in NDJSON, JSON, CSV and HAR.
        for (const [encoded] of text.matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g))
          expect(Buffer.from(encoded, 'base64').toString('latin1')).not.toContain(secret);
        expect(text.length).toBeGreaterThan(10);
      }),
      { numRuns: 8 },
    );
  });

  it('is there when the user wants it', async () => {
    const bytes = await exportedBytes(format, sessionWith(KEYS.openai));
    expect(Buffer.from(bytes).toString('latin1')).toContain(KEYS.openai);
  });
});

describe('entries without secrets', () => {
  it('are the same entries', async () => {
    const reader = recordedLog([{ reads: ['id: 1\ndata: a\n\n: b\n\n', 'data: "c"\n\n'] }]);
    const source = createExportSource({ summary: summaryOf(reader), reader, byteText, redactor: redactor() });
    const entries = [];
    for await (const slice of source.entries()) entries.push(...slice);
    expect(
      entries.map((entry) =>
        entry.what === 'frame' ? { ...entry, bytes: Buffer.from(entry.bytes).toString('latin1') } : entry,
      ),
    ).toEqual(await wholeEntries(reader));
  });

  it('stay events when a rule of the user hits the words of the format', async () => {
    const reader = recordedLog([{ reads: ['event: goal\nid: 7\ndata: event data\n\n'] }]);
    const source = createExportSource({
      summary: summaryOf(reader),
      reader,
      byteText,
      redactor: redactor({ names: [], texts: ['data', 'event'] }),
    });
    const slices = [];
    for await (const slice of source.entries()) slices.push(...slice);
    const [, entry] = slices;
    expect(entry).toMatchObject({ kind: 'event', eventType: 'goal', id: '7', data: '[redacted] [redacted]' });
  });
});

it('finds the secrets of every place and tells how many', async () => {
  const one = redactor();
  await exportedBytes('ndjson', sessionWith(KEYS.github), { redactor: one });
  for (const count of Object.values(one.found)) expect(count).toBeGreaterThan(0);
  expect(await eventsOf(sessionWith(KEYS.github))).not.toHaveLength(0);
});
