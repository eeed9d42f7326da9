/** The forms of streaming bodies that are read: how bytes become frames. What a response's body is read as is decided elsewhere. */

/**
 * - `sse`: text/event-stream, WHATWG HTML 9.2.6.
 * - `ndjson`: one JSON text a line, also called JSON lines (https://github.com/ndjson/ndjson-spec, https://jsonlines.org).
 * - `json-seq`: JSON texts, each between a record separator (U+001E) and a line feed; RFC 7464.
 * - `json-array`: the items of one JSON array, each as soon as it is whole; also JSON texts one after another.
 * - `aws-event-stream`: binary messages with headers and checksums, application/vnd.amazon.eventstream.
 * - `text`: lines of text.
 */
export type Framing = 'sse' | 'ndjson' | 'json-seq' | 'json-array' | 'aws-event-stream' | 'text';

/** The order is part of the capture format: append only. */
export const FRAMINGS: readonly Framing[] = [
  'sse',
  'ndjson',
  'json-seq',
  'json-array',
  'aws-event-stream',
  'text',
];

/** The framing that an index record's number stands for. Numbers of a newer format read as lines of text. */
export function framingOf(framingNumber: number): Framing {
  return FRAMINGS[framingNumber] ?? 'text';
}

export function framingNumberOf(framing: Framing): number {
  return FRAMINGS.indexOf(framing);
}

/** Names for people. */
export const FRAMING_LABELS: Readonly<Record<Framing, string>> = {
  sse: 'event stream',
  ndjson: 'NDJSON',
  'json-seq': 'JSON text sequence',
  'json-array': 'JSON array',
  'aws-event-stream': 'AWS event stream',
  text: 'lines of text',
};
