import { expect, it } from 'vitest';
import type { ResponseHeadEntry } from '../../../../src/shared/session/entry.ts';
import { doubtfulReading, lastHead } from '../../../../src/shared/session/wrong-type.ts';
import { responseHead } from '../../../support/attempt-entries.ts';

const head = responseHead(1) as ResponseHeadEntry;

it('finds the head of the last answer', () => {
  const journal = [head, responseHead(2, false)].map((entry, seq) => ({ seq, atMs: seq, entry }));
  expect(lastHead(journal)).toMatchObject({ attempt: 2 });
  expect(lastHead([])).toBeNull();
});

it('doubts what is only text or JSON, and nothing that calls itself a stream', () => {
  const text = { ...head, headers: [['Content-Type', 'text/plain']] as const, framing: 'text' as const };
  expect(doubtfulReading(text)).toBe(
    'The server sent Content-Type "text/plain" and not text/event-stream: this is read as lines of text.',
  );
  expect(doubtfulReading({ ...text, framing: 'json-array' })).toContain('read as JSON array');
  for (const framing of ['sse', 'ndjson', 'json-seq', 'aws-event-stream'] as const) {
    expect(doubtfulReading({ ...text, framing })).toBeNull();
  }
  expect(doubtfulReading(head)).toBeNull();
  expect(doubtfulReading(null)).toBeNull();
});
