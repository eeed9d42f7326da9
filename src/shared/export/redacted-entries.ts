/**
 * Decoded entries with their secrets taken out. The bytes of a frame come first, and what it means is read from them again, so
 * that every format shows the same. Numbers (`seq`, `offset`, `length`) stay those of the session.
 */
import { readMessage } from '../sse/aws-message.ts';
import type { ByteText } from '../sse/byte-text.ts';
import { encodeAwsMessage } from '../sse/encode-aws-message.ts';
import { frameText } from '../sse/encode-frame.ts';
import { createEventParser, type EventParser } from '../sse/event-parser.ts';
import { REDACTED, type Redactor } from '../redaction/redactor.ts';
import type { DecodedEntry, DecodedFrame } from './decoded-entries.ts';

export async function* redactedEntries(
  slices: AsyncIterable<readonly DecodedEntry[]>,
  redactor: Redactor,
  byteText: ByteText,
): AsyncGenerator<readonly DecodedEntry[], void, void> {
  const parser = createEventParser(byteText);
  /** A piece of something longer: what comes next may be the rest of a secret. */
  let held: DecodedFrame | null = null;
  let lastEventId = { raw: '', shown: '' };

  const shownId = (raw: string): string => {
    if (raw !== lastEventId.raw) lastEventId = { raw, shown: redactor.data(raw) };
    return lastEventId.shown;
  };
  function cleaned(frame: DecodedFrame): DecodedFrame {
    const shown = { ...frame, lastEventId: shownId(frame.lastEventId) };
    const bytes =
      frame.framing === 'aws-event-stream'
        ? awsBytes(frame, redactor, byteText)
        : redactor.bytes(frame.bytes);
    return bytes === frame.bytes ? shown : reread(shown, bytes, parser, redactor);
  }

  for await (const slice of slices) {
    const ready: DecodedEntry[] = [];
    for (const entry of slice) {
      if (entry.what === 'journal') {
        if (held) ready.push(cleaned(held));
        held = null;
        ready.push({ ...entry, entry: redactor.entry(entry.entry) });
        continue;
      }
      let frame = entry;
      if (held) {
        const joint = isPiece(frame) ? withoutSpanning(held, frame, redactor, byteText) : null;
        ready.push(cleaned(joint?.first ?? held));
        frame = joint?.second ?? frame;
      }
      held = isPiece(frame) ? frame : null;
      if (!held) ready.push(cleaned(frame));
    }
    if (ready.length > 0) yield ready;
  }
  if (held) yield [cleaned(held)];
}

/** Frames that were cut where nothing ends. */
function isPiece({ kind }: DecodedFrame): boolean {
  return kind === 'unknown' || kind === 'oversize' || kind === 'incomplete';
}

/** A secret is not longer than this. */
const MOST_SECRET_BYTES = 8 * 1024;

/** Takes out what begins in one piece and ends in the next; null when there is no such thing. */
function withoutSpanning(
  first: DecodedFrame,
  second: DecodedFrame,
  redactor: Redactor,
  byteText: ByteText,
): { readonly first: DecodedFrame; readonly second: DecodedFrame } | null {
  const tail = first.bytes.subarray(Math.max(0, first.bytes.length - MOST_SECRET_BYTES));
  const head = second.bytes.subarray(0, MOST_SECRET_BYTES);
  const before = byteText.latin1(tail, 0, tail.length) + byteText.latin1(head, 0, head.length);
  const after = redactor.data(before);
  if (after === before) return null;
  // Everything that was taken out goes to the first piece; what is left of both is cut where the first one ended, at the latest.
  const cut = commonEnd(before, after, head.length);
  const start = first.bytes.length - tail.length;
  const shown = Uint8Array.from(after.slice(0, after.length - cut), (character) => character.charCodeAt(0));
  const bytes = new Uint8Array(start + shown.length);
  bytes.set(first.bytes.subarray(0, start));
  bytes.set(shown, start);
  return {
    first: { ...first, bytes },
    second: { ...second, bytes: second.bytes.subarray(head.length - cut) },
  };
}

/** How many characters at the end of both are the same, at most `most`. */
function commonEnd(one: string, other: string, most: number): number {
  let length = 0;
  while (length < most && length < other.length && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}

/** The frame as its new bytes say it. Bytes that would mean something else give way to the plainest that mean the same. */
function reread(
  frame: DecodedFrame,
  bytes: Uint8Array,
  parser: EventParser,
  redactor: Redactor,
): DecodedFrame {
  const { kind, flags, framing, lastEventId, eventType } = frame;
  if (kind !== 'event' && frame.id === null && frame.comments.length === 0) return { ...frame, bytes };
  const meaning = parser.interpret(bytes, 0, bytes.length, { kind, flags, framing }, lastEventId);
  const same =
    (meaning.event === null) === (eventType === null) &&
    (meaning.id === null) === (frame.id === null) &&
    meaning.retryMs === frame.retryMs;
  if (same) {
    return {
      ...frame,
      eventType: meaning.event?.type ?? null,
      data: meaning.event?.data ?? '',
      id: meaning.id,
      comments: meaning.comments,
      lastEventId: meaning.id ?? lastEventId,
      bytes,
    };
  }
  const words = {
    framing,
    type: eventType === null ? null : redactor.data(eventType),
    data: redactor.data(frame.data),
    id: frame.id === null ? null : redactor.data(frame.id),
    retryMs: frame.retryMs,
    comments: frame.comments.map(redactor.data),
  };
  const text = new TextEncoder().encode(frameText(words) ?? REDACTED);
  return { ...frame, ...words, eventType: words.type, lastEventId: words.id ?? lastEventId, bytes: text };
}

/** A message with checksums is made anew when there is a secret in it. */
function awsBytes(frame: DecodedFrame, redactor: Redactor, byteText: ByteText): Uint8Array {
  if (frame.kind !== 'event') return redactor.bytes(frame.bytes);
  const { headers, payloadStart, payloadEnd } = readMessage(frame.bytes, 0, frame.bytes.length, byteText);
  const payload = frame.bytes.subarray(payloadStart, payloadEnd);
  const shown = redactor.bytes(payload);
  const shownHeaders = headers.map(({ name, value }) => ({ name, value: redactor.data(value) }));
  const same = shown === payload && shownHeaders.every(({ value }, at) => value === headers[at]?.value);
  return same ? frame.bytes : encodeAwsMessage(shownHeaders, shown);
}
