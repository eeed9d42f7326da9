/** What a stream without headers is, such as a saved file: by its name, and by how it begins. */
import { messageLength, PRELUDE_BYTES } from './aws-message.ts';
import { isJsonSpace } from './json-scan.ts';
import type { Framing } from './framing.ts';

const BY_EXTENSION: Readonly<Record<string, Framing>> = {
  sse: 'sse',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  'json-seq': 'json-seq',
  eventstream: 'aws-event-stream',
};

/** By the extension of a file's name; null when it says nothing. */
export function framingOfName(name: string): Framing | null {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  return extension === undefined ? null : (BY_EXTENSION[extension] ?? null);
}

/**
 * By the first bytes; null while they do not suffice. A record separator begins a JSON text sequence, a bracket an array, a
 * brace a line of JSON or, with nothing behind it in its line, a JSON document; a prelude with its checksum an AWS event stream.
 * Everything else is read as an event stream.
 */
export function framingOfStart(bytes: Uint8Array): Framing | null {
  if (bytes[0] === 0) {
    if (bytes.length < PRELUDE_BYTES) return null;
    return messageLength(bytes, 0) === -1 ? 'sse' : 'aws-event-stream';
  }
  const bom = [0xef, 0xbb, 0xbf].every((byte, at) => bytes[at] === byte) ? 3 : 0;
  const first = contentFrom(bytes, bom);
  switch (bytes[first]) {
    case undefined:
      return null;
    case 0x1e:
      return 'json-seq';
    case 0x5b:
      return 'json-array';
    case 0x7b: {
      const next = bytes.subarray(first + 1).find((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d);
      return next === undefined ? null : next === 0x0a ? 'json-array' : 'ndjson';
    }
    default:
      return 'sse';
  }
}

function contentFrom(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && isJsonSpace(bytes[at] as number)) at += 1;
  return at;
}
